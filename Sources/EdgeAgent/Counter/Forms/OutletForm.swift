/// Where slips come out from now on.
struct OutletForm: CounterForm {
    let formKey: String?
    /// ``SlipOutlet/key``.
    let outlet: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case outlet = "salida"
    }
}
