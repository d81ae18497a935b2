import Foundation
import Shared
import Synchronization
import TestSupport

/// When the site's line is cut, and for whom: drawn by a seed, at any time and around the very calls that matter.
final class LineCuts: Sendable {
    enum Side: CaseIterable, Hashable, Sendable {
        case conekta, centre
    }

    /// Where in a call a cut begins.
    enum Moment: CaseIterable, Hashable, Sendable {
        case before, onTheWayThere, onTheWayBack, after
    }

    struct Cut: Sendable {
        let sides: [Side]
        let from: Timestamp
        let until: Timestamp
        /// Nobody says that there is no way: whoever calls waits until their time is up.
        let isSilent: Bool
    }

    private static let reaches: [[Side]] = [Side.allCases, Side.allCases, [.conekta], [.centre]]
    /// Of the calls that make something at Conekta, so many begin a cut.
    private static let strikeRate = 0.1

    private struct State {
        var generator: SplitMix64
        var cuts: [Cut] = []
        var strikes: [Moment: Int] = [:]
        var isOver = false
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(generator: SplitMix64(seed: seed)))
    }

    /// How long after the last one the next begins by itself.
    func untilNext() -> Duration {
        state.withLock { .exponential(mean: .seconds(3_000), using: &$0.generator) }
    }

    /// Cuts the line for somebody, for seconds to hours; around a call, to minutes.
    ///
    /// - Returns: For how long.
    @discardableResult
    func begin(at now: Timestamp, reaching side: Side? = nil) -> Duration {
        state.withLock { state in
            guard !state.isOver else { return .zero }
            let sides = Self.reaches.filter { side == nil || $0.contains(side ?? .conekta) }
                .randomElement(using: &state.generator)
            let duration = Duration.spread(.seconds(2), .seconds(side == nil ? 10_800 : 1_800), using: &state.generator)
            let isSilent = Bool.random(using: &state.generator)
            state.cuts.append(Cut(sides: sides ?? [], from: now, until: now + duration, isSilent: isSilent))
            return duration
        }
    }

    /// Whether a cut begins around a call, and where.
    func strike() -> Moment? {
        state.withLock { state in
            guard !state.isOver, Double.random(in: 0..<1, using: &state.generator) < Self.strikeRate else { return nil }
            let moment = Moment.allCases.randomElement(using: &state.generator)
            if let moment { state.strikes[moment, default: 0] += 1 }
            return moment
        }
    }

    /// How long a packet takes; seconds when the line is bad.
    func latency() -> Duration {
        state.withLock { .spread(.milliseconds(15), .milliseconds(2_000), using: &$0.generator) }
    }

    func cut(of side: Side, at now: Timestamp) -> Cut? {
        state.withLock { $0.cuts.last { $0.sides.contains(side) && $0.from <= now && now < $0.until } }
    }

    /// Since when the line has been as it is.
    func unchangedSince(_ side: Side, at now: Timestamp) -> Timestamp? {
        state.withLock { state in
            state.cuts.filter { $0.sides.contains(side) }.flatMap { [$0.from, $0.until] }.filter { $0 <= now }.max()
        }
    }

    /// No more cuts, and those under way end.
    func end(at now: Timestamp) {
        state.withLock { state in
            state.isOver = true
            state.cuts = state.cuts.map { cut in
                Cut(sides: cut.sides, from: cut.from, until: min(cut.until, now), isSilent: cut.isSilent)
            }
        }
    }

    var all: [Cut] { state.withLock { $0.cuts } }
    /// How many calls were struck, and where.
    var strikes: [Moment: Int] { state.withLock { $0.strikes } }
}

extension Duration {
    /// As long as until somebody comes, when they come so often on the average.
    static func exponential(mean: Duration, using generator: inout some RandomNumberGenerator) -> Duration {
        mean * -log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator))
    }

    /// Short ones as often as long ones, whatever the order of magnitude.
    static func spread(
        _ shortest: Duration,
        _ longest: Duration,
        using generator: inout some RandomNumberGenerator
    ) -> Duration {
        shortest * pow(longest / shortest, Double.random(in: 0...1, using: &generator))
    }
}
