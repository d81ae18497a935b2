import FoundationEssentials
import Shared

/// One change, for the audit log.
struct AuditedChange: Sendable, Equatable {
    let actor: AuditActor
    let at: Timestamp
    let action: String
    let empresaID: String?
    let subject: String
    /// JSON.
    let before: String?
    /// JSON.
    let after: String?

    /// - Parameters:
    ///   - action: What was done, as `usuario.update`.
    ///   - empresaID: Whose it is; nil for what belongs to no empresa.
    ///   - subject: The id of what was changed.
    ///   - before: What it was; nil when it is new. A `Secret` in it does not compile.
    ///   - after: What it is now; nil when it is gone.
    /// - Throws: What encoding throws.
    init(
        by actor: AuditActor,
        at: Timestamp,
        action: String,
        empresaID: String?,
        subject: String,
        before: (any Encodable)? = nil,
        after: (any Encodable)? = nil
    ) throws {
        self.actor = actor
        self.at = at
        self.action = action
        self.empresaID = empresaID
        self.subject = subject
        self.before = try before.map(Self.text)
        self.after = try after.map(Self.text)
    }

    /// As it stands in the log.
    ///
    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow) throws {
        actor = AuditActor(
            id: try row.text("actor_id"),
            email: try row.text("actor_email"),
            address: try row.text("address")
        )
        at = Timestamp(milliseconds: try row.integer("at_ms"))
        action = try row.text("action")
        empresaID = try row.optionalText("empresa_id")
        subject = try row.text("subject")
        before = try row.optionalText("before_json")
        after = try row.optionalText("after_json")
    }

    private static func text(_ value: any Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
