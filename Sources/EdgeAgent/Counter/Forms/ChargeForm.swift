/// What the page that asks for the money posts.
struct ChargeForm: CounterForm {
    let formKey: String?
    let saleID: String?
    /// The price the page showed, in centavos.
    let priceCents: Int64?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case saleID = "venta"
        case priceCents = "precio"
    }
}
