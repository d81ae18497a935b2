import ConektaSimulator
import Foundation
import RouterOSSimulator
import Shared
import Synchronization
import TestSupport

@testable import EdgeAgent

/// Everything outside the box, which goes on when the box dies: Conekta, the router, time, and the folder of its disk.
final class SimulatedWorld: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let profile = "1h"
    /// In no log and no file, ever.
    static let privateKey = "key_privada_de_la_simulacion"

    let conekta: ConektaCore
    let router: RouterOSSimulator
    let time: VirtualTime
    let script: FaultScript
    let folder: TemporaryDirectory
    /// What all lives of the box wrote, down to trace.
    let log = RecordedLog()
    let codes: SharedGenerator
    let acknowledgements = Acknowledgements()
    /// Declines are counted beyond a crash, which no box does; the simulation is about the money.
    let guardian = CardTestingGuard(now: { .zero })

    private struct Trouble {
        /// Which box is alive: each start counts one up, and what an earlier one still tries is not carried out.
        var life = 0
        var routerAwayUntil = SimulatedWorld.start
        var keyRefusedUntil = SimulatedWorld.start
        var diskFullUntil = SimulatedWorld.start
        /// How wrong the box's own clock is.
        var clockError = Duration.zero
    }

    private let trouble = Mutex(Trouble())

    /// - Parameter repeatsCodes: Each code the box draws comes twice in a row.
    init(seed: UInt64 = 1, script: FaultScript = FaultScript(), repeatsCodes: Bool = false) throws {
        router = RouterOSSimulator(
            configuration: SimulatorConfiguration(
                users: [APIUser(name: "fichas", password: Secret("secreto"))],
                userProfiles: [Self.profile]
            ),
            start: Self.start
        )
        time = VirtualTime(start: Self.start, router: router)
        conekta = ConektaCore(
            account: ConektaAccount(privateKey: Secret(Self.privateKey)),
            seed: seed,
            clock: time.wallClock
        )
        self.script = script
        codes = SharedGenerator(SplitMix64(seed: seed ^ 0x5151), repeats: repeatsCodes)
        folder = try TemporaryDirectory(inMemory: true)
    }

    var databasePath: String { folder.path("box.sqlite") }

    // MARK: Lives

    func beginLife() -> Int {
        trouble.withLock { trouble in
            trouble.life += 1
            return trouble.life
        }
    }

    func endLife() {
        trouble.withLock { $0.life += 1 }
    }

    func isAlive(_ number: Int) -> Bool {
        trouble.withLock { $0.life == number }
    }

    // MARK: Trouble that lasts

    func takeRouterAway(for duration: Duration) {
        let until = time.now.time + duration
        trouble.withLock { $0.routerAwayUntil = max($0.routerAwayUntil, until) }
    }

    func refuseKey(for duration: Duration) {
        let until = time.now.time + duration
        trouble.withLock { $0.keyRefusedUntil = max($0.keyRefusedUntil, until) }
    }

    func fillDisk(for duration: Duration) {
        let until = time.now.time + duration
        trouble.withLock { $0.diskFullUntil = max($0.diskFullUntil, until) }
    }

    var isRouterAway: Bool { isBefore(\.routerAwayUntil) }
    var isKeyRefused: Bool { isBefore(\.keyRefusedUntil) }
    var isDiskFull: Bool { isBefore(\.diskFullUntil) }

    private func isBefore(_ end: any KeyPath<Trouble, Timestamp> & Sendable) -> Bool {
        let now = time.now.time
        return trouble.withLock { now < $0[keyPath: end] }
    }

    // MARK: The box's own clock

    func setClock(forwardsBy duration: Duration) {
        trouble.withLock { $0.clockError += duration }
    }

    func setClock(to wrong: Timestamp) {
        let now = time.now.time
        trouble.withLock { $0.clockError = wrong - now }
    }

    /// What the box's operating system says the time is.
    var systemClock: WallClock {
        WallClock { self.time.now.time + self.trouble.withLock { $0.clockError } }
    }

    /// What nobody can set.
    var uptime: @Sendable () -> Duration {
        { self.time.now.time - Self.start }
    }

    /// The machine never restarts here, only the program.
    var boot: SystemBoot { SystemBoot(id: "boot", uptime: uptime) }

    /// Nobody tells this box what time it is.
    var witness: ClockWitness { ClockWitness(isSetByNTP: { false }, uptime: uptime) }

    // MARK: The end

    /// Lets everything happen that somebody put off, with nobody there to see to it.
    func letLateEffectsHappen() {
        time.pass(.seconds(3_600))
    }
}
