import ConektaSimulator
import Foundation
import RouterOSSimulator
import Shared
import Synchronization
import TestSupport

/// Everything outside the box, which goes on when the box dies: Conekta, the router, time, and the folder of its disk.
final class SimulatedWorld: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let profile = "1h"

    let conekta: ConektaCore
    let router: RouterOSSimulator
    let time: VirtualTime
    let script: FaultScript
    let folder: TemporaryDirectory
    let seed: UInt64

    /// Which box is alive: each start counts one up, and what an earlier one still tries is not carried out.
    private let life = Mutex(0)
    private let routerAwayUntil = Mutex(SimulatedWorld.start)

    init(seed: UInt64 = 1, script: FaultScript = FaultScript([:])) throws {
        router = RouterOSSimulator(
            configuration: SimulatorConfiguration(
                users: [APIUser(name: "fichas", password: Secret("secreto"))],
                userProfiles: [Self.profile]
            ),
            start: Self.start
        )
        let time = VirtualTime(start: Self.start, router: router)
        self.time = time
        conekta = ConektaCore(seed: seed, clock: time.wallClock)
        self.script = script
        self.seed = seed
        folder = try TemporaryDirectory(inMemory: true)
    }

    var databasePath: String { folder.path("box.sqlite") }

    // MARK: Lives

    func beginLife() -> Int {
        life.withLock { life in
            life += 1
            return life
        }
    }

    func endLife() {
        life.withLock { $0 += 1 }
    }

    func isAlive(_ number: Int) -> Bool {
        life.withLock { $0 == number }
    }

    // MARK: The router's absence

    func takeRouterAway(for duration: Duration) {
        let until = time.now.time + duration
        routerAwayUntil.withLock { $0 = max($0, until) }
    }

    var isRouterAway: Bool {
        let now = time.now.time
        return routerAwayUntil.withLock { now < $0 }
    }
}
