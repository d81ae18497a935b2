import Hummingbird
import ServerKit
import Shared

/// The dashboard: of all empresas for the super admin, of one for its owner.
struct DashboardController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get("/admin/dashboard", .roles(.superAdmin)) { request, _, _ in
            try await answer(request, empresaID: nil)
        }
        router.get("/mi-empresa/dashboard", .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            try await answer(request, empresaID: scope.empresaID)
        }
    }

    /// - Throws: `APIError` 422.
    private func answer(_ request: Request, empresaID: String?) async throws -> Response {
        let text = request.uri.queryParameters["period"].map(String.init) ?? ReportPeriod.today.rawValue
        guard let period = ReportPeriod(rawValue: text) else {
            let names = ReportPeriod.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError.invalidField("period", "debe ser uno de: \(names)")
        }
        let now = centre.wallClock.now
        let dashboard = try await centre.database.read { session in
            try DashboardStore(session, empresaID: empresaID, now: now).dashboard(of: period)
        }
        // A quarter of a megabyte with a hundred empresas.
        var answer = JSONText(capacity: 262_144)
        dashboard.write(to: &answer)
        return answer.response()
    }
}
