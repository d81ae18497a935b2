/// How many fichas of which batch are handed over.
struct EntregaForm: CounterForm {
    let formKey: String?
    let entregaID: String?
    let batchID: String?
    /// Read as a text, because people type what they like.
    let count: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case entregaID = "entrega"
        case batchID = "lote"
        case count = "cuantas"
    }
}
