/// Why a hotspot session ended, in the router's words.
enum LogoutCause: String {
    case adminReset = "admin reset"
    case keepaliveTimeout = "keepalive timeout"
    case idleTimeout = "idle timeout"
    case sessionTimeout = "session timeout"
    case trafficLimit = "traffic limit reached"
    case userRequest = "user request"
    case reboot = "reboot"

    /// Which ends take the MAC cookie with them (reference `routeros.md` §4): silent devices shall come back.
    var deletesCookie: Bool {
        switch self {
        case .adminReset, .sessionTimeout, .trafficLimit, .userRequest: true
        case .keepaliveTimeout, .idleTimeout, .reboot: false
        }
    }
}
