import HTTPTypes
import Hummingbird
import ServerKit

/// What an empresa's slips say, for its owner.
struct EmpresaSlipsController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        let path = "/mi-empresa/slips"
        router.get(path, .empresa(.superAdmin, .clienteAdmin)) { _, _, scope in
            let (slips, version) = try await desk(scope).slips(of: scope.empresaID)
            return try Self.answer(slips, version: version)
        }
        router.put(path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(EmpresaSlipsDraft.self)
            let (slips, version) = try await desk(scope).setSlips(of: scope.empresaID, to: draft, ifMatch: ifMatch)
            return try Self.answer(slips, version: version)
        }
    }

    private func desk(_ scope: EmpresaScope) -> EmpresaDesk {
        EmpresaDesk(centre: centre, principal: scope.principal)
    }

    private static func answer(_ slips: EmpresaSlips, version: Int64) throws -> Response {
        try JSONAnswer(EmpresaSlipsBody(slips, version: version)).response(
            headers: EntityTag(version: version).fields
        )
    }
}
