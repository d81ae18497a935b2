/// A button alone: logging out, printing again.
struct CounterActionForm: CounterForm {
    let formKey: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
    }
}
