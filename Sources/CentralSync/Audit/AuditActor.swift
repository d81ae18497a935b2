/// Who changed something.
struct AuditActor: Sendable, Equatable {
    /// `usr_…`, or `system`.
    let id: String
    let email: String
    /// The IP address the request came from; empty for the system.
    let address: String

    /// The centre itself: at its first start.
    static let system = AuditActor(id: "system", email: "", address: "")
}
