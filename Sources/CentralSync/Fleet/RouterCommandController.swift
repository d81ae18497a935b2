import Hummingbird
import ServerKit
import Shared

/// What a person asks of a router through its box, now.
struct RouterCommandController: Sendable {
    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get("/routers/:router_id/mikrotik-profiles", .empresa(.superAdmin, .clienteAdmin, .tecnico)) {
            _,
            context,
            scope in
            let desk = RouterCommandDesk(centre: centre, scope: scope)
            let routerID = try context.parameters.require("router_id")
            let list: ProfileList = try await desk.run(BoxCommand.Kind.readProfiles, at: routerID)
            return try JSONAnswer(list).response()
        }
        router.post("/routers/:router_id/test-connection", .empresa(.superAdmin, .clienteAdmin, .tecnico)) {
            _,
            context,
            scope in
            let desk = RouterCommandDesk(centre: centre, scope: scope)
            let routerID = try context.parameters.require("router_id")
            let test: ConnectionTest = try await desk.run(BoxCommand.Kind.testConnection, at: routerID)
            return try JSONAnswer(test).response()
        }
    }
}
