import Hummingbird

/// Which part of the log a list shows.
struct AuditFilter: Sendable, Equatable {
    var empresaID: String?
    var actorID: String?
    var action: String?

    init(_ request: Request) {
        let query = request.uri.queryParameters
        empresaID = query["empresa_id"].map(String.init)
        actorID = query["actor_id"].map(String.init)
        action = query["action"].map(String.init)
    }
}
