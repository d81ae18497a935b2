import Hummingbird
import ServerKit
import Shared

/// What was counted at an empresa's tills.
struct CorteController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get("/mi-empresa/cortes", .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let page = try PageRequest(request)
            let rows = try await centre.database.read { session in
                try CorteReportStore(session: session).list(of: scope.empresaID, page: page)
            }
            let body = Page(
                rows,
                for: page,
                cursor: { PageCursor(String($0.at.milliseconds), $0.id) },
                item: { $0 }
            )
            return try JSONAnswer(body).response()
        }
    }
}
