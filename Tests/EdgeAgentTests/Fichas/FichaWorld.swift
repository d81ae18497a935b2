import Foundation
import Logging
import RouterOS
import RouterOSSimulator
import Shared
import Store
import Synchronization
import TestSupport

@testable import EdgeAgent

/// A box with its disk, a router and phones, on one time that passes by hand: power goes and comes, clocks are wrong.
///
/// What people got is measured at the router, never by what the box wrote down.
final class FichaWorld {
    static let start = Timestamp(seconds: 1_800_000_000)
    private static let step = Duration.seconds(10)

    let line: RouterLine
    private let folder: TemporaryDirectory
    private let machine = Machine()
    private let logger = Logger(label: "fichas") { _ in SwiftLogNoOpLogHandler() }
    private var box: Box?

    private struct Box {
        let database: DurableDatabase
        let clock: SiteClock
        let store: FichaStore
        let runner: FichaRunner
        var lookedAt: Duration
    }

    /// When each phone was online, by its address.
    private(set) var onlineTime: [MACAddress: Duration] = [:]
    private(set) var lastOnline: [MACAddress: Timestamp] = [:]

    init(
        version: RouterOSVersion = "7.20",
        routerClock: Timestamp = FichaWorld.start,
        writesCookies: Bool = true
    ) throws {
        line = RouterLine(version: version, start: routerClock, writesCookies: writesCookies)
        folder = try TemporaryDirectory(inMemory: true)
    }

    var router: RouterOSSimulator { line.router }
    var now: Timestamp { machine.read { $0.now } }

    // MARK: The box

    /// The machine starts, with its clock that wrong.
    func startBox(clockError: Duration = .zero, isConfirmed: Bool = true) async throws {
        machine.change { machine in
            machine.boots += 1
            machine.bootedAt = machine.now
            machine.clockError = clockError
            machine.isConfirmed = isConfirmed
        }
        try await startProgram()
    }

    /// Only the program starts.
    func startProgram() async throws {
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let machine = machine
        let uptime: @Sendable () -> Duration = { machine.uptime }
        let clock = try await SiteClock(
            database: database,
            system: WallClock { machine.read { $0.now + $0.clockError } },
            boot: SystemBoot(id: "boot-\(machine.read { $0.boots })", uptime: uptime),
            witness: ClockWitness(isSetByNTP: { machine.read { $0.isConfirmed } }, uptime: uptime)
        )
        let store = FichaStore(database: database)
        let line = fichaLine
        let runner = FichaRunner(
            store: store,
            clock: clock,
            lines: { [line] },
            uptime: uptime,
            logger: logger
        )
        box = Box(database: database, clock: clock, store: store, runner: runner, lookedAt: uptime())
        await runner.turn()
    }

    /// Its power goes, or the program is killed: what it had in mind is gone.
    func stopBox() throws {
        try box?.database.close()
        box = nil
    }

    /// The box's disk dies with it.
    func loseBox() throws {
        try stopBox()
        for part in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: folder.path("box.sqlite" + part))
        }
    }

    /// Somebody outside confirms the box's clock, which is right from now on.
    func putClockRight() {
        machine.change { machine in
            machine.clockError = .zero
            machine.isConfirmed = true
        }
    }

    func setClock(wrongBy error: Duration) {
        machine.change { $0.clockError = error }
    }

    var store: FichaStore {
        get throws { try running.store }
    }

    var runner: FichaRunner {
        get throws { try running.runner }
    }

    var moment: FichaMoment {
        get throws { try running.clock.moment }
    }

    private var running: Box {
        get throws {
            struct BoxIsOff: Error {}
            guard let box else { throw BoxIsOff() }
            return box
        }
    }

    private var fichaLine: FichaLine {
        let hotspot = Hotspot(line)
        let connector = DeviceConnector(router: .forTests(), hotspot: hotspot, clock: NoWaitClock(), logger: logger)
        return FichaLine(routerID: "r1", server: nil, hotspot: hotspot, connector: connector)
    }

    // MARK: People

    /// Writes a ficha down.
    func add(_ ficha: Ficha) async throws {
        let moment = try running.clock.moment
        try await running.database.commit { try FichaStore.add(ficha, at: moment, in: $0) }
    }

    /// Sells a ficha for cash.
    func sell(_ ficha: Ficha, to buyer: MACAddress? = nil) async throws -> FichaCode {
        let box = try running
        let moment = box.clock.moment
        var ficha = ficha
        try ficha.sell(buyer: buyer, at: moment)
        let sold = ficha
        try await box.database.commit { try FichaStore.add(sold, at: moment, in: $0) }
        await box.runner.turn(looking: false)
        return ficha.code
    }

    /// Somebody types a code on the portal.
    @discardableResult
    func type(_ code: FichaCode, on phone: Phone) async throws -> ConnectionOutcome {
        let box = try running
        let connector = FichaConnector(line: fichaLine, store: box.store, clock: box.clock, logger: logger)
        return await connector.connect(
            BuyerDevice(sourceAddress: "\(phone.ip)", claimedMACAddress: nil),
            with: code
        )
    }

    func isOnline(_ phone: Phone) -> Bool {
        (router.tables["/ip/hotspot/active"] ?? []).contains { $0["mac-address"] == phone.mac.description }
    }

    // MARK: Time

    /// Lets time pass for everybody. The box looks around when its time comes, as its service does.
    func pass(_ duration: Duration) async throws {
        let end = now + duration
        while now < end {
            let step = min(Self.step, end - now)
            // Who is online now is so for the whole step, or is cut off in it by the router itself.
            for row in router.console(["/ip/hotspot/active/print"]) {
                guard let phone = row.attribute("mac-address").flatMap({ MACAddress($0.text) }) else { continue }
                let left = row.attribute("session-time-left").flatMap { RouterOSDuration($0.text)?.duration } ?? step
                onlineTime[phone, default: .zero] += min(step, left)
                lastOnline[phone] = now + min(step, left)
            }
            router.advance(by: step)
            machine.change { $0.now = $0.now + step }
            try await turnBox()
        }
    }

    private func turnBox() async throws {
        guard var box else { return }
        let uptime = machine.uptime
        let isTime = uptime - box.lookedAt >= FichaRunner.interval
        if isTime { box.lookedAt = uptime }
        self.box = box
        let end = try await box.store.nextEnd()
        if isTime || end.map({ $0 <= box.clock.moment.time }) ?? false { await box.runner.turn(looking: isTime) }
    }
}

/// The box's machine and the time: how long it runs, what its clock says, and whether somebody confirms it.
private final class Machine: Sendable {
    struct State {
        var now = FichaWorld.start
        var boots = 1
        var bootedAt = FichaWorld.start
        var clockError = Duration.zero
        var isConfirmed = true
    }

    private let state = Mutex(State())

    var uptime: Duration { read { $0.now - $0.bootedAt } }

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }

    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }
}
