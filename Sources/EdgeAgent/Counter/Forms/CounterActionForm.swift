/// A button alone: logging out, printing.
struct CounterActionForm: CounterForm {
    let formKey: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
    }
}
