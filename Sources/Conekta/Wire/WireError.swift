/// The body of an error answer (reference `conekta.md` §9). Everything in it may be missing.
struct WireError: Decodable {
    /// Without the prefix `conekta.errors.`; nil when there is none or it is not a code.
    let code: String?
    /// Conekta's number for the call, which their support asks for.
    let logID: String?
    /// Of a declined charge, the order as it is now.
    let order: ConektaOrder?
    /// True when the body has Conekta's shape, false when something else answered with JSON.
    let isConektas: Bool

    private struct Detail: Decodable { let code: String? }
    private enum CodingKeys: String, CodingKey { case object, details, logID = "log_id", data }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let details = (try? container.decode([Detail].self, forKey: .details)) ?? []
        let full = PlainText.code(details.lazy.compactMap(\.code).first)
        let prefix = "conekta.errors."
        code = full.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
        logID = PlainText.identifier(try? container.decode(String.self, forKey: .logID), limit: 64)
        order = try? container.decode(ConektaOrder.self, forKey: .data)
        isConektas = (try? container.decode(String.self, forKey: .object)) == "error"
    }
}
