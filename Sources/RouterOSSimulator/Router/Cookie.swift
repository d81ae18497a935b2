import RouterOS
import Shared

/// A MAC cookie: the name and password the router logs a returning device in with.
struct Cookie {
    let id: UInt32
    let user: String
    let password: Word
    let mac: MACAddress
    var expiresAt: Timestamp

    var itemID: String { "*" + String(id, radix: 16, uppercase: true) }
}
