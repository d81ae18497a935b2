import FoundationEssentials
import Shared

/// A row of the log as it is answered.
struct AuditRecordBody: Encodable, Sendable {
    struct Actor: Encodable, Sendable {
        let id: String
        let email: String
    }

    let seq: Int64
    let at: Timestamp
    let actor: Actor
    let address: String
    let action: String
    let empresaID: String?
    let subject: String
    let before: JSONValue?
    let after: JSONValue?
    let hash: String

    init(_ record: AuditRecord) {
        let change = record.change
        seq = record.seq
        at = change.at
        actor = Actor(id: change.actor.id, email: change.actor.email)
        address = change.actor.address
        action = change.action
        empresaID = change.empresaID
        subject = change.subject
        before = change.before.map(Self.value)
        after = change.after.map(Self.value)
        hash = SHA256Digest(bytes: record.hash)?.hexadecimal ?? ""
    }

    enum CodingKeys: String, CodingKey {
        case seq, at, actor, address, action, subject, before, after, hash
        case empresaID = "empresa_id"
    }

    /// What is no JSON was put there by somebody else, and is shown as it is.
    private static func value(_ text: String) -> JSONValue {
        (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) ?? .string(text)
    }
}
