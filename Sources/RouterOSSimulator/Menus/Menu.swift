/// The menus the simulated router has.
enum Menu: String, CaseIterable {
    case server = "/ip/hotspot"
    case serverProfile = "/ip/hotspot/profile"
    case user = "/ip/hotspot/user"
    case userProfile = "/ip/hotspot/user/profile"
    case active = "/ip/hotspot/active"
    case host = "/ip/hotspot/host"
    case cookie = "/ip/hotspot/cookie"
    case ipBinding = "/ip/hotspot/ip-binding"
    case walledGarden = "/ip/hotspot/walled-garden"
    case walledGardenIP = "/ip/hotspot/walled-garden/ip"
    case apiUser = "/user"
    case resource = "/system/resource"
    case identity = "/system/identity"
    case license = "/system/license"
    case deviceMode = "/system/device-mode"
    case clock = "/system/clock"

    /// Menus that stand for one thing: their only row has no `.id`.
    var isSingle: Bool {
        switch self {
        case .resource, .identity, .license, .deviceMode, .clock: true
        default: false
        }
    }

    /// The commands the menu knows in a version (reference `routeros.md` §2).
    func verbs(_ version: RouterOSVersion) -> Set<String> {
        switch self {
        case .server, .serverProfile, .userProfile, .ipBinding, .walledGarden, .walledGardenIP:
            ["print", "getall", "listen", "add", "set", "remove", "enable", "disable", "unset"]
        case .user:
            ["print", "getall", "listen", "add", "set", "remove", "enable", "disable", "reset-counters"]
        case .active:
            Set(["print", "getall", "listen", "remove", "login"] + (version.activeCanBeSet ? ["set"] : []))
        case .host, .cookie: ["print", "getall", "listen", "remove"]
        case .apiUser: ["print", "getall", "listen"]
        case .identity: ["print", "getall", "set"]
        case .resource, .license, .deviceMode, .clock: ["print", "getall"]
        }
    }

    var schema: MenuSchema {
        switch self {
        case .server: .server
        case .serverProfile: .serverProfile
        case .user: .user
        case .userProfile: .userProfile
        case .active: .active
        case .host: .host
        case .cookie: .cookie
        case .ipBinding: .ipBinding
        case .walledGarden: .walledGarden
        case .walledGardenIP: .walledGardenIP
        case .apiUser: .apiUser
        case .resource, .license, .deviceMode, .clock: .text
        case .identity: .identity
        }
    }
}
