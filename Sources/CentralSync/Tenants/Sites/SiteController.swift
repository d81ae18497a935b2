import HTTPTypes
import Hummingbird
import ServerKit

/// The sites of an empresa, and the codes by which boxes come to them.
struct SiteController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        let path = "/admin/empresas/:empresa_id/sites"
        router.get(path, .empresa(.superAdmin, .clienteAdmin, .tecnico)) { request, _, scope in
            try JSONAnswer(try await desk(scope).list(page: PageRequest(request))).response()
        }
        router.post(path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let site = try await desk(scope).create(try await request.decodeJSON(SiteDraft.self))
            var fields = site.tag.fields
            fields[.location] = "/admin/empresas/\(scope.empresaID)/sites/\(site.id)"
            return try JSONAnswer(SiteBody(site)).response(status: .created, headers: fields)
        }
        router.get(path + "/:site_id", .empresa(.superAdmin, .clienteAdmin, .tecnico)) { _, context, scope in
            try Self.answer(try await desk(scope).find(context.parameters.require("site_id")))
        }
        router.put(path + "/:site_id", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let site = try await desk(scope).find(context.parameters.require("site_id"))
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(SiteDraft.self)
            return try Self.answer(try await desk(scope).update(site.id, to: draft, ifMatch: ifMatch))
        }
        router.post(path + "/:site_id/enrolment-code", .empresa(.superAdmin, .clienteAdmin, .tecnico)) {
            _,
            context,
            scope in
            let body = try await desk(scope).issueCode(for: context.parameters.require("site_id"))
            return try JSONAnswer(body).response(status: .created)
        }
    }

    private func desk(_ scope: EmpresaScope) -> SiteDesk {
        SiteDesk(centre: centre, scope: scope)
    }

    private static func answer(_ site: Site) throws -> Response {
        try JSONAnswer(SiteBody(site)).response(headers: site.tag.fields)
    }
}
