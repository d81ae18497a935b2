import RouterOS
public import Shared

/// What truly happened on the router since it started or was reset: what tests believe instead of anybody's database.
public struct Ledger: Codable, Sendable {
    /// A hotspot user that was added, from then on.
    public struct User: Codable, Hashable, Sendable {
        /// The row's number; in the API `*` and the same in hexadecimal.
        public let row: UInt32
        public internal(set) var name: String
        /// Nil is every server.
        public internal(set) var server: String?
        public internal(set) var profile: String
        public internal(set) var comment: String
        public let addedAt: Timestamp
        public internal(set) var removedAt: Timestamp?
    }

    /// A hotspot session.
    public struct Login: Codable, Hashable, Sendable {
        public let user: String
        public let mac: MACAddress
        public let address: IPv4Address
        /// `http-pap` is the API, `http-chap` the login page, `mac-cookie` the router itself.
        public let by: String
        public let at: Timestamp
        public internal(set) var endedAt: Timestamp?
        /// Why it ended, in the router's words.
        public internal(set) var cause: String?
    }

    /// A hotspot login that was refused.
    public struct Refusal: Codable, Hashable, Sendable {
        public let user: String
        public let mac: MACAddress
        public let by: String
        public let message: String
        public let at: Timestamp
    }

    /// Every user ever added, in order; removed ones carry when.
    public private(set) var users: [User] = []
    /// Every hotspot session ever begun, in order.
    public private(set) var logins: [Login] = []
    public private(set) var refusals: [Refusal] = []
    /// How often each command arrived, whether it took effect or not.
    public internal(set) var commands: [String: Int] = [:]
    /// API connections accepted and turned away.
    public internal(set) var connections = 0
    public internal(set) var connectionsRefused = 0
    /// API logins by their end.
    public internal(set) var apiLogins = 0
    public internal(set) var apiLoginsRefused = 0
    /// API bytes received and sent, lengths included.
    public internal(set) var bytesIn = 0
    public internal(set) var bytesOut = 0
    public internal(set) var faults = 0
    /// By this machine's clock: from a command's arrival until its answer was written, all commands together. The
    /// latency that was asked for is in it, and what the simulator itself took.
    public internal(set) var answeringMicroseconds: Int64 = 0

    init() {}

    /// Commands that arrived in all.
    public var commandCount: Int { commands.values.reduce(0, +) }

    /// Users that are there now, by the ledger.
    public var presentUsers: [User] { users.filter { $0.removedAt == nil } }

    mutating func userAdded(_ row: Table.Row, at time: Timestamp) {
        users.append(
            User(
                row: row.id,
                name: row.name,
                server: row.values["server"]?.text,
                profile: row.values["profile"]?.text ?? "",
                comment: row.values["comment"]?.text ?? "",
                addedAt: time
            )
        )
    }

    mutating func userChanged(_ row: Table.Row) {
        guard let index = index(row.id) else { return }
        users[index].name = row.name
        users[index].server = row.values["server"]?.text
        users[index].profile = row.values["profile"]?.text ?? ""
        users[index].comment = row.values["comment"]?.text ?? ""
    }

    mutating func userRemoved(_ row: UInt32, at time: Timestamp) {
        guard let index = index(row) else { return }
        users[index].removedAt = time
    }

    /// Rows are numbered from 1 in the order they are added, and each is written down.
    private func index(_ row: UInt32) -> Int? {
        let index = Int(row) - 1
        return users.indices.contains(index) ? index : nil
    }

    mutating func loggedIn(_ session: ActiveSession) {
        logins.append(
            Login(
                user: session.user,
                mac: session.phone.mac,
                address: session.phone.toAddress,
                by: session.loginBy,
                at: session.startedAt
            )
        )
    }

    mutating func loggedOut(_ session: ActiveSession, _ cause: LogoutCause, at time: Timestamp) {
        let open = logins.lastIndex { $0.endedAt == nil && $0.address == session.phone.toAddress }
        guard let open else { return }
        logins[open].endedAt = time
        logins[open].cause = cause.rawValue
    }

    mutating func loginRefused(user: String, mac: MACAddress, by way: String, message: String, at time: Timestamp) {
        refusals.append(Refusal(user: user, mac: mac, by: way, message: message, at: time))
    }
}
