import HTTPTypes
import Hummingbird
import ServerKit

/// People's accounts: all of them for the super admin, an empresa's own for its owner.
struct UsuarioController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        addRoutes(to: router, at: "/admin/usuarios", .roles(.superAdmin)) { principal in
            UsuarioDesk(centre: centre, principal: principal, reach: .all)
        }
        addRoutes(to: router, at: "/mi-empresa/usuarios", .empresa(.superAdmin, .clienteAdmin)) { scope in
            UsuarioDesk(centre: centre, principal: scope.principal, reach: .within(scope))
        }
    }

    private func addRoutes<Caller>(
        to router: AccessRouter,
        at path: String,
        _ access: Access<Caller>,
        desk: @escaping @Sendable (Caller) -> UsuarioDesk
    ) {
        router.get(path, access) { request, _, caller in
            let desk = desk(caller)
            let filter = try UsuarioFilter(request, reach: desk.reach)
            return try JSONAnswer(try await desk.list(filter, page: PageRequest(request))).response()
        }
        router.post(path, access) { request, _, caller in
            let draft = try await request.decodeJSON(UsuarioDraft.self)
            let body = try await desk(caller).create(draft)
            var fields = body.usuario.tag.fields
            fields[.location] = path + "/" + body.usuario.id
            return try JSONAnswer(body).response(status: .created, headers: fields)
        }
        router.get(path + "/:usuario_id", access) { _, context, caller in
            try Self.answer(try await desk(caller).find(context.parameters.require("usuario_id")))
        }
        router.put(path + "/:usuario_id", access) { request, context, caller in
            let id = try context.parameters.require("usuario_id")
            let desk = desk(caller)
            _ = try await desk.find(id)
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(UsuarioDraft.self)
            return try Self.answer(try await desk.update(id, to: draft, ifMatch: ifMatch))
        }
        router.post(path + "/:usuario_id/password", access) { _, context, caller in
            let body = try await desk(caller).resetPassword(of: context.parameters.require("usuario_id"))
            return try JSONAnswer(body).response(headers: body.usuario.tag.fields)
        }
        router.put(path + "/:usuario_id/pin", access) { request, context, caller in
            let id = try context.parameters.require("usuario_id")
            let desk = desk(caller)
            _ = try await desk.find(id)
            return try Self.answer(try await desk.setPIN(of: id, to: try await request.decodeJSON(PINDraft.self)))
        }
        router.delete(path + "/:usuario_id/totp", access) { _, context, caller in
            try Self.answer(try await desk(caller).resetSecondFactor(of: context.parameters.require("usuario_id")))
        }
    }

    private static func answer(_ usuario: Usuario) throws -> Response {
        try JSONAnswer(UsuarioBody(usuario)).response(headers: usuario.tag.fields)
    }
}
