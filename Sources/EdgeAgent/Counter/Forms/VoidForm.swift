/// Why a sale is taken back.
struct VoidForm: CounterForm {
    /// What most often is the reason.
    static let usualReasons = [
        "Me equivoqué de ficha", "El cliente ya no la quiso", "No le funcionó", "Otro motivo",
    ]
    private static let maximumLength = 200

    let formKey: String?
    let reason: String?
    let details: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case reason = "motivo"
        case details = "detalle"
    }

    /// One line of at most ``maximumLength`` characters.
    func text() throws(CounterError) -> String {
        let parts = [reason, details].compactMap { part in
            part.map { $0.split { $0.isWhitespace }.joined(separator: " ") }
        }
        let text = parts.filter { !$0.isEmpty }.joined(separator: ": ")
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard !text.isEmpty, text.unicodeScalars.count <= Self.maximumLength, isPlain else { throw .noReason }
        return text
    }
}
