import HTTPTypes
import Hummingbird
import ServerKit

/// Who resells an empresa's fichas.
struct ResellerController: Sendable {
    private static let path = "/mi-empresa/revendedores"

    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get(Self.path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let (filter, page) = (try ResellerFilter(request), try PageRequest(request))
            return try JSONAnswer(try await desk(scope).list(filter, page: page)).response()
        }
        router.get(Self.path + "/:reseller_id", .empresa(.superAdmin, .clienteAdmin)) { _, context, scope in
            try Self.answer(try await desk(scope).find(Self.id(context)))
        }
        router.post(Self.path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let reseller = try await desk(scope).create(try await request.decodeJSON(ResellerDraft.self))
            var fields = reseller.tag.fields
            fields[.location] = "\(Self.path)/\(reseller.id)"
            return try JSONAnswer(ResellerBody(reseller)).response(status: .created, headers: fields)
        }
        router.put(Self.path + "/:reseller_id", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let current = try await desk(scope).find(Self.id(context))
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(ResellerDraft.self)
            return try Self.answer(try await desk(scope).update(current.id, to: draft, ifMatch: ifMatch))
        }
    }

    private func desk(_ scope: EmpresaScope) -> ResellerDesk {
        ResellerDesk(centre: centre, scope: scope)
    }

    private static func id(_ context: AppRequestContext) throws -> String {
        try context.parameters.require("reseller_id")
    }

    private static func answer(_ reseller: Reseller) throws -> Response {
        try JSONAnswer(ResellerBody(reseller)).response(headers: reseller.tag.fields)
    }
}
