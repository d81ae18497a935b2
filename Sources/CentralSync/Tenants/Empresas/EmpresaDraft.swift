import ServerKit

/// What may be said about an empresa. Its owner says no more than this, and whether it is disabled is not theirs to say.
struct EmpresaDraft: Decodable, Sendable {
    private(set) var name: String
    private(set) var supportContact: String?
    let isDisabled: Bool?

    enum CodingKeys: String, CodingKey {
        case name
        case supportContact = "support_contact"
        case isDisabled = "is_disabled"
    }

    /// The same with its texts in one form.
    ///
    /// - Throws: `APIError` 422.
    func checked() throws(APIError) -> EmpresaDraft {
        var draft = self
        draft.name = try CheckedText.line(name, field: "name", length: 1...80)
        draft.supportContact = try CheckedText.optionalLine(supportContact, field: "support_contact", maximum: 120)
        return draft
    }
}
