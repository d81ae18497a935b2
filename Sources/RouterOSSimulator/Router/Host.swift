import Shared

/// A device the hotspot sees.
struct Host {
    let id: UInt32
    let phone: Phone
    let server: String
    let appearedAt: Timestamp
    /// When the device was last heard of; nil while it is there. A device that is there talks all the time, as phones do.
    var leftAt: Timestamp?
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0

    var itemID: String { "*" + String(id, radix: 16, uppercase: true) }
}
