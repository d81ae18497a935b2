/// The arguments of a command about one router.
public struct RouterArguments: Sendable, Equatable, Codable {
    public let routerID: String

    public init(routerID: String) {
        self.routerID = routerID
    }

    enum CodingKeys: String, CodingKey {
        case routerID = "router_id"
    }
}
