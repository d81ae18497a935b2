import Hummingbird
import ServerKit
import Shared

/// How an empresa's resellers stand.
struct ResellerReportController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get("/mi-empresa/revendedores/:reseller_id/cuenta", .empresa(.superAdmin, .clienteAdmin)) {
            _,
            context,
            scope in
            let id = try context.parameters.require("reseller_id")
            let account = try await centre.database.read { session -> ResellerAccountBody? in
                guard let reseller = try ResellerStore(session).find(id, of: scope.empresaID) else { return nil }
                return try ResellerReportStore(session: session).account(of: reseller)
            }
            guard let account else { throw APIError.notFound }
            return try JSONAnswer(account).response()
        }
    }
}
