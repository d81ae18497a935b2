import ServerKit

/// The one empresa a request acts in, and who asks. To be had only from a route with ``Access`` of `empresa`, so that a
/// handler that has it need not look whose things it touches: everything in its SQL begins with ``empresaID``.
struct EmpresaScope: Sendable, Equatable {
    let principal: Principal
    let empresaID: String

    /// Refuses a router that is not this caller's business, as if it did not exist. Whether it exists in the empresa is
    /// for the query that looks for it to find out.
    ///
    /// - Throws: 404.
    func requireRouter(_ routerID: String) throws(APIError) {
        guard principal.role != .cajero || principal.routerIDs.contains(routerID) else { throw .notFound }
    }
}
