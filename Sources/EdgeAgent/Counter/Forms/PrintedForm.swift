/// Money for a ficha that was printed before.
struct PrintedForm: CounterForm {
    let formKey: String?
    let saleID: String?
    let code: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case saleID = "venta"
        case code = "codigo"
    }
}
