import HTTPTypes
import Hummingbird
import ServerKit

/// The routers of an empresa, and their API keys.
struct RouterController: Sendable {
    private static let usualGraceSeconds: Int64 = 86_400
    private static let maximumGraceSeconds: Int64 = 30 * 86_400

    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        let path = "/admin/empresas/:empresa_id/routers"
        router.get(path, .empresa(.superAdmin, .clienteAdmin, .tecnico)) { request, _, scope in
            let siteID = request.uri.queryParameters["site_id"].map(String.init)
            return try JSONAnswer(try await desk(scope).list(siteID: siteID, page: PageRequest(request))).response()
        }
        router.post(path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let body = try await desk(scope).create(try await request.decodeJSON(RouterDraft.self))
            var fields = EntityTag(version: body.router.version).fields
            fields[.location] = "/admin/empresas/\(scope.empresaID)/routers/\(body.router.id)"
            return try JSONAnswer(body).response(status: .created, headers: fields)
        }
        router.get(path + "/:router_id", .empresa(.superAdmin, .clienteAdmin, .tecnico)) { _, context, scope in
            try await answer(try await desk(scope).find(context.parameters.require("router_id")), scope)
        }
        router.put(path + "/:router_id", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let current = try await desk(scope).find(context.parameters.require("router_id"))
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(RouterDraft.self)
            return try await answer(try await desk(scope).update(current.id, to: draft, ifMatch: ifMatch), scope)
        }
        router.post("/routers/:router_id/api-key", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let grace = try Self.grace(request)
            let body = try await desk(scope).issueKey(for: context.parameters.require("router_id"), grace: grace)
            return try JSONAnswer(body).response(status: .created)
        }
        router.delete("/routers/:router_id/api-key", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let keyID = request.uri.queryParameters["key_id"].map(String.init)
            try await desk(scope).revokeKeys(of: context.parameters.require("router_id"), keyID: keyID)
            return Response(status: .noContent)
        }
    }

    private func desk(_ scope: EmpresaScope) -> RouterDesk {
        RouterDesk(centre: centre, scope: scope)
    }

    private func answer(_ router: SiteRouter, _ scope: EmpresaScope) async throws -> Response {
        try JSONAnswer(try await desk(scope).body(router)).response(headers: router.tag.fields)
    }

    /// - Throws: `APIError` 422.
    private static func grace(_ request: Request) throws(APIError) -> Duration {
        guard let text = request.uri.queryParameters["grace_seconds"] else { return .seconds(usualGraceSeconds) }
        guard let seconds = Int64(text), (0...maximumGraceSeconds).contains(seconds) else {
            throw .invalidField("grace_seconds", "debe ser de 0 a \(maximumGraceSeconds)")
        }
        return .seconds(seconds)
    }
}
