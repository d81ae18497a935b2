import Hummingbird
import ServerKit
import Shared

/// How the boxes stand, and which of them may no longer speak to us.
struct BoxController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get("/admin/boxes", .roles(.superAdmin)) { request, _, _ in
            try await list(BoxFilter(request, own: nil), page: PageRequest(request))
        }
        let path = "/admin/empresas/:empresa_id/boxes"
        router.get(path, .empresa(.superAdmin, .clienteAdmin, .tecnico)) { request, _, scope in
            try await list(BoxFilter(request, own: scope.empresaID), page: PageRequest(request))
        }
        router.get(path + "/:box_id", .empresa(.superAdmin, .clienteAdmin, .tecnico)) { _, context, scope in
            let (id, now) = (try context.parameters.require("box_id"), centre.wallClock.now)
            let body = try await centre.database.read { session in
                let directory = BoxDirectory(session)
                guard let state = try directory.find(id, of: scope.empresaID) else { throw APIError.notFound }
                return BoxDetailBody(
                    box: BoxStateBody(state, now: now),
                    incidents: try directory.incidents(of: state)
                )
            }
            return try JSONAnswer(body).response()
        }
        router.post(path + "/:box_id/block", .empresa(.superAdmin, .clienteAdmin)) { _, context, scope in
            try await setBlocked(true, context.parameters.require("box_id"), scope)
        }
        router.post(path + "/:box_id/unblock", .empresa(.superAdmin, .clienteAdmin)) { _, context, scope in
            try await setBlocked(false, context.parameters.require("box_id"), scope)
        }
    }

    private struct BoxDetailBody: Encodable, Sendable {
        let box: BoxStateBody
        let incidents: [BoxIncident]
    }

    private struct BlockBody: Encodable {
        let isBlocked: Bool

        enum CodingKeys: String, CodingKey {
            case isBlocked = "is_blocked"
        }
    }

    private func list(_ filter: BoxFilter, page: PageRequest) async throws -> Response {
        let now = centre.wallClock.now
        let rows = try await centre.database.read { try BoxDirectory($0).list(filter, page: page) }
        let body = Page(
            rows,
            for: page,
            cursor: { PageCursor($0.box.empresaID, $0.box.boxID) },
            item: { BoxStateBody($0, now: now) }
        )
        return try JSONAnswer(body).response()
    }

    /// One that waits is sent away at once.
    private func setBlocked(_ isBlocked: Bool, _ id: String, _ scope: EmpresaScope) async throws -> Response {
        let now = centre.wallClock.now
        let state = try await centre.database.write { session in
            let directory = BoxDirectory(session)
            guard let before = try directory.find(id, of: scope.empresaID) else { throw APIError.notFound }
            try BoxStore.setBlocked(before.box, to: isBlocked, in: session)
            try WakeStore.add(.site(before.box.siteID, empresaID: scope.empresaID), at: now, in: session)
            let change = try AuditedChange(
                by: scope.principal.actor,
                at: now,
                action: isBlocked ? "box.block" : "box.unblock",
                empresaID: scope.empresaID,
                subject: id,
                before: BlockBody(isBlocked: before.box.isBlocked),
                after: BlockBody(isBlocked: isBlocked)
            )
            try Audit.append(change, in: session)
            return try directory.find(id, of: scope.empresaID) ?? before
        }
        return try JSONAnswer(BoxStateBody(state, now: now)).response()
    }
}
