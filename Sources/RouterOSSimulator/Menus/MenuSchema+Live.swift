/// Properties of the rows the router makes itself (reference `routeros.md` §2.5, §2.7, §2.8).
extension MenuSchema {
    static let active = MenuSchema([
        .readOnly("server", .text),
        .readOnly("user", .text),
        .readOnly("address", .address),
        .readOnly("mac-address", .macAddress),
        .readOnly("login-by", .text),
        .readOnly("uptime", .time),
        .readOnly("session-time-left", .time),
        .readOnly("idle-time", .time),
        .readOnly("idle-timeout", .timeout),
        .readOnly("keepalive-timeout", .timeout),
        .readOnly("bytes-in", .number),
        .readOnly("bytes-out", .number),
        .readOnly("packets-in", .number),
        .readOnly("packets-out", .number),
        .readOnly("limit-bytes-in", .number),
        .readOnly("limit-bytes-out", .number),
        .readOnly("limit-bytes-total", .number),
        .readOnly("radius", .boolean),
        Property("comment", .text).unset(by: ""),
    ])

    static let host = MenuSchema([
        .readOnly("mac-address", .macAddress),
        .readOnly("address", .address),
        .readOnly("to-address", .address),
        .readOnly("server", .text),
        .readOnly("uptime", .time),
        .readOnly("idle-time", .time),
        .readOnly("idle-timeout", .timeout),
        .readOnly("keepalive-timeout", .timeout),
        .readOnly("host-dead-time", .time),
        .readOnly("bytes-in", .number),
        .readOnly("bytes-out", .number),
        .readOnly("packets-in", .number),
        .readOnly("packets-out", .number),
        .readOnly("found-by", .text),
        .readOnly("DHCP", .boolean),
        .readOnly("authorized", .boolean),
        .readOnly("bypassed", .boolean),
        .readOnly("static", .boolean),
        .readOnly("dynamic", .boolean),
    ])

    static let cookie = MenuSchema([
        .readOnly("user", .text),
        .readOnly("mac-address", .macAddress),
        .readOnly("expires-in", .time),
        .readOnly("mac-cookie", .boolean),
    ])

    static let apiUser = MenuSchema([
        .readOnly("name", .text),
        .readOnly("group", .text),
        .readOnly("address", .text),
        .readOnly("disabled", .boolean),
    ])

    static let identity = MenuSchema([Property("name", .text)])

    /// Menus whose only row is made for each print and holds what it holds.
    static let text = MenuSchema([])
}
