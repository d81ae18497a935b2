import Foundation
import Shared
import Synchronization
import TestSupport

@testable import EdgeAgent

/// Twenty-four hours of a site whose line is cut at random, while people buy by card and for cash, and the box restarts now
/// and then.
final class SimulatedDay: Sendable {
    static let length = Duration.seconds(86_400)
    /// Everything is over by then. The disk's time is not this one: what it does for the outbox may seem to take days.
    private static let quiet = Duration.seconds(30 * 86_400)
    /// A minute between two looks while all is well, and two looks that wait five seconds for a connection.
    private static let longestUntilClosed = Duration.seconds(75)
    /// Half a minute between two looks, five seconds to the second of two that are answered, and what they take.
    private static let longestUntilOpen = Duration.seconds(60)

    let seed: UInt64
    let world: SimulatedWorld
    let time: DayTime
    let executor = DayExecutor()
    let cuts: LineCuts
    let centre = DayCentre()
    let traffic = Traffic()
    let ledger = DayLedger()
    private let present = Mutex<DayBox?>(nil)
    private let lives = Mutex(0)

    init(seed: UInt64) throws {
        self.seed = seed
        world = try SimulatedWorld(seed: seed)
        time = DayTime(world.time)
        cuts = LineCuts(seed: seed &* 31)
    }

    /// The box; nil while it is off.
    var box: DayBox? { present.withLock { $0 } }
    var now: Timestamp { time.now.time }
    var isOver: Bool { now >= SimulatedWorld.start + Self.length }
    /// How often the box has started.
    var starts: Int { lives.withLock { $0 } }

    /// Lets the day pass.
    ///
    /// - Returns: The violations found.
    func violations() async throws -> [String] {
        try await executor.run(time) { [self] in
            try await time.whileBusy { try await start() }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.time.activity(self.cutLine) }
                group.addTask { await self.time.activity(self.restartBox) }
                group.addTask { await self.time.activity(self.watchTheWatch) }
                group.addTask { await self.receiveBuyers() }
                for cashier in DayBox.cashiers.indices {
                    group.addTask { await self.time.activity { await self.sellForCash(cashier) } }
                }
            }
            await comeToRest()
            try await time.whileBusy { try await end() }
        }
        return ledger.findings
    }

    private func start() async throws {
        let box = try await DayBox(self)
        present.withLock { $0 = box }
        lives.withLock { $0 += 1 }
    }

    /// The line comes back for good, and the box brings to an end what is open, and to the centre what it is to know.
    private func comeToRest() async {
        cuts.end(at: now)
        let deadline = now + Self.quiet
        await time.activity {
            repeat {
                try? await time.sleep(for: .seconds(600))
            } while await box?.isAtRest(told: centre.events.count) == false && now < deadline
        }
        world.letLateEffectsHappen()
    }

    private func end() async throws {
        guard let box else { return ledger.find("the box is off") }
        for violation in try await DayOracle(day: self).violations(in: box.database) { ledger.find(violation) }
        try await box.die()
    }

    // MARK: Trouble

    private func cutLine() async {
        while !isOver {
            try? await time.sleep(for: cuts.untilNext())
            let duration = cuts.begin(at: now)
            try? await time.sleep(for: duration)
        }
    }

    private func restartBox() async {
        var generator = SplitMix64(seed: seed &* 37)
        var pause = Duration.seconds(Int.random(in: 600...36_000, using: &generator))
        while true {
            try? await time.sleep(for: pause)
            guard !isOver else { return }
            pause = .exponential(mean: .seconds(4 * 3_600), using: &generator)
            do {
                let dying = present.withLock { box in
                    defer { box = nil }
                    return box
                }
                try await dying?.die()
                try await time.sleep(for: .spread(.seconds(2), .seconds(300), using: &generator))
                try await start()
            } catch {
                ledger.find("the box did not start: \(error)")
                return
            }
        }
    }

    // MARK: The watch

    /// What the box says about the way to Conekta is never older than it promises.
    private func watchTheWatch() async {
        while !isOver {
            try? await time.sleep(for: .seconds(20))
            guard let box else { continue }
            let isCut = cuts.cut(of: .conekta, at: now) != nil
            let since = max(cuts.unchangedSince(.conekta, at: now) ?? box.startedAt, box.startedAt)
            let limit = isCut ? Self.longestUntilClosed : Self.longestUntilOpen
            if now - since > limit, box.wayOut.isOpen == isCut {
                ledger.find(
                    "at \(now) the line has been \(isCut ? "cut" : "whole") since \(since), and is said not to be"
                )
            }
        }
    }
}
