import HTTPTypes
import Hummingbird
import ServerKit

/// The empresas, for the super admin; and an empresa's own, for its owner.
struct EmpresaController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        let path = "/admin/empresas"
        router.get(path, .roles(.superAdmin)) { request, _, principal in
            let (filter, page) = (try EmpresaFilter(request), try PageRequest(request))
            return try JSONAnswer(try await desk(principal).list(filter, page: page)).response()
        }
        router.post(path, .roles(.superAdmin)) { request, _, principal in
            let draft = try await request.decodeJSON(EmpresaDraft.self)
            let empresa = try await desk(principal).create(draft)
            var fields = empresa.tag.fields
            fields[.location] = path + "/" + empresa.id
            return try JSONAnswer(desk(principal).body(empresa)).response(status: .created, headers: fields)
        }
        router.get(path + "/:empresa_id", .empresa(.superAdmin)) { _, _, scope in try await read(scope) }
        router.put(path + "/:empresa_id", .empresa(.superAdmin)) { request, _, scope in
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(EmpresaDraft.self)
            guard let isDisabled = draft.isDisabled else {
                throw APIError.invalidField("is_disabled", "es obligatorio")
            }
            return try await update(scope, to: draft, isDisabled: isDisabled, ifMatch: ifMatch)
        }
        router.get("/mi-empresa", .empresa(.superAdmin, .clienteAdmin)) { _, _, scope in try await read(scope) }
        router.put("/mi-empresa", .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(EmpresaDraft.self)
            return try await update(scope, to: draft, isDisabled: nil, ifMatch: ifMatch)
        }
    }

    private func desk(_ principal: Principal) -> EmpresaDesk {
        EmpresaDesk(centre: centre, principal: principal)
    }

    private func read(_ scope: EmpresaScope) async throws -> Response {
        try answer(try await desk(scope.principal).find(scope.empresaID), scope)
    }

    private func update(
        _ scope: EmpresaScope,
        to draft: EmpresaDraft,
        isDisabled: Bool?,
        ifMatch: IfMatch
    ) async throws -> Response {
        let desk = desk(scope.principal)
        return try answer(
            try await desk.update(scope.empresaID, to: draft, isDisabled: isDisabled, ifMatch: ifMatch),
            scope
        )
    }

    private func answer(_ empresa: Empresa, _ scope: EmpresaScope) throws -> Response {
        try JSONAnswer(desk(scope.principal).body(empresa)).response(headers: empresa.tag.fields)
    }
}
