import RouterOS
import Shared

/// The whole simulated router: tables, devices, sessions, clock and faults. It does no I/O and asks nobody for the time.
struct RouterState {
    let configuration: SimulatorConfiguration
    var now: Timestamp
    var bootedAt: Timestamp
    /// The router is rebooting until then.
    var downUntil: Timestamp?

    var tables: [Menu: Table] = [:]
    var hosts: [Host] = []
    /// Devices that wait for the router to come up, to join it.
    var absentPhones: [Phone] = []
    var active: [ActiveSession] = []
    var cookies: [Cookie] = []
    var identity: Word = "MikroTik"
    var nextHostID: UInt32 = 1
    var nextCookieID: UInt32 = 1

    var sessions: [SessionID: APISession] = [:]
    var nextSessionID = 1
    var nextHold = 1

    var maxSessions: Int
    var faults: [Fault] = []
    var latency: Duration = .zero
    var lateCommands: [LateCommand] = []
    var ledger = Ledger()

    /// A command whose connection is gone and that still takes effect.
    struct LateCommand {
        let dueAt: Timestamp
        let sentence: Sentence
        let user: String
    }

    /// A router as it comes out of the hotspot wizard: one server, the profiles of the configuration.
    init(configuration: SimulatorConfiguration, start: Timestamp) {
        self.configuration = configuration
        maxSessions = configuration.maxSessions
        now = start
        bootedAt = start
        for menu in Menu.allCases {
            // The trial user that is always there takes the first identifier.
            tables[menu] = Table(firstID: menu == .user ? 0 : 1)
        }
        seed(.serverProfile, ["name": "default", "default": "true"])
        seed(.serverProfile, ["name": "hsprof1", "hotspot-address": "10.5.50.1", "dns-name": "fichas.test"])
        seed(.userProfile, ["name": "default", "default": "true"])
        for profile in configuration.userProfiles {
            seed(.userProfile, ["name": Word(profile)])
        }
        seed(.server, ["name": "hotspot1", "interface": "bridge", "profile": "hsprof1"])
        seed(
            .user,
            ["name": "default-trial", "comment": "counters and limits for trial users", "default": "true"]
        )
    }

    var version: RouterOSVersion { configuration.version }

    private mutating func seed(_ menu: Menu, _ values: [String: Word]) {
        let row = initialValues(menu).merging(values) { $1 }
        _ = tables[menu]?.add(row)
    }

    /// What a new row of the menu has before anything is given.
    func initialValues(_ menu: Menu) -> [String: Word] {
        var values: [String: Word] = [:]
        for property in menu.schema.properties {
            guard let initial = property.initial, property.since.map({ $0 <= version }) ?? true else { continue }
            values[property.name] =
                switch property.kind {
                case .time, .timeout: RouterTime.parse(initial).map { Word(write($0)) } ?? Word(initial)
                default: Word(initial)
                }
        }
        return values
    }

    func write(_ duration: Duration) -> String {
        configuration.writesClockTimes ? RouterTime.clock(duration) : RouterTime.units(duration)
    }

    func row(_ menu: Menu, named name: String) -> Table.Row? {
        tables[menu]?.rows(named: Word(name)).first
    }
}
