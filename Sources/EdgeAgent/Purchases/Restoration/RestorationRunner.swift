import GRDB
import Logging
import ServerKit
import ServiceLifecycle

/// Has a restored box find out what it sold, again and again until all is known, and takes cards only once Conekta has
/// been gone through. It goes through it again later: lists may be late, and so may a charge.
struct RestorationRunner: Service {
    /// Until the last time: what the box of before sent may arrive, and a token lives for ten minutes, calls for less
    /// (reference `conekta.md` §4).
    static let timeUntilLastPass = Duration.seconds(900)
    private static let longestPause = Duration.seconds(300)

    let store: RestorationStore
    let pass: RestorationPass
    let gate: RestorationGate
    var clock: any Clock<Duration> = ContinuousClock()
    /// Monotonic.
    var uptime: @Sendable () -> Duration = Monotonic.now
    let logger: Logger

    func run() async throws {
        let bell = Bell()
        let watch = store.onChange { bell.ring() }
        defer { watch.cancel() }
        await cancelWhenGracefulShutdown {
            var searchedSince = self.uptime()
            var nextPass = searchedSince
            var triesInARow = 0
            while !Task.isCancelled {
                do {
                    guard let restoration = try await self.store.current() else {
                        self.gate.set(isOpen: true)
                        await bell.wait(upTo: .seconds(86_400), self.clock)
                        continue
                    }
                    let pause = nextPass - self.uptime()
                    if restoration.isSearched, pause > .zero {
                        await bell.wait(upTo: pause, self.clock)
                        continue
                    }
                    if !restoration.isSearched { searchedSince = self.uptime() }
                    let lastPass = searchedSince + Self.timeUntilLastPass
                    let isSomebodyAway = try await self.step(restoration, isLast: self.uptime() >= lastPass)
                    triesInARow = isSomebodyAway ? triesInARow + 1 : 0
                    nextPass = isSomebodyAway ? self.uptime() + Self.pause(after: triesInARow) : lastPass
                } catch {
                    self.logger.warning("a restoration is cut short", metadata: ["error": "\(error)"])
                    triesInARow += 1
                    try? await self.clock.sleep(for: Self.pause(after: triesInARow))
                }
            }
        }
    }

    /// One pass.
    ///
    /// - Parameter isLast: Nothing that left the box of before can take effect any more: what is known now is all.
    /// - Returns: Whether purchases wait for a router that is away.
    /// - Throws: What keeps it from being gone through.
    @discardableResult
    func step(_ restoration: Restoration, isLast: Bool) async throws -> Bool {
        gate.set(isOpen: restoration.isSearched)
        let isSomebodyAway = try await pass.run(restoration, isLast: isLast)
        if !restoration.isSearched {
            try await store.markSearched(at: pass.confirmedTime())
            gate.set(isOpen: true)
            logger.notice("cards are taken again after a restoration")
        } else if isLast, !isSomebodyAway {
            try await pass.release()
            try await store.finish()
            logger.notice("a restoration is over")
        }
        return isSomebodyAway
    }

    /// 5 s, then doubling to five minutes.
    private static func pause(after tries: Int) -> Duration {
        min(.seconds(5 << min(tries - 1, 6)), longestPause)
    }
}
