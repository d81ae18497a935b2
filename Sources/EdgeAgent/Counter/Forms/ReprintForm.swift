/// One more slip.
struct ReprintForm: CounterForm {
    let formKey: String?
    /// Which reprint it would be, from 1 on, as the page knew: asked for twice, it is one.
    let number: Int64?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case number = "copia"
    }
}
