import Shared

/// Where it cannot be told which of the site's hotspots somebody is on: the places to choose from.
struct ChooseRouterView: Sendable {
    struct Place: Sendable {
        let name: String
        let url: String
    }

    let identity: PortalIdentity
    let routers: [Place]

    init(_ snapshot: SiteSnapshot, identity: PortalIdentity) {
        self.identity = identity
        routers = snapshot.routers.map { Place(name: $0.name, url: PortalPath.catalogue($0.id)) }
    }
}
