import Shared
import Synchronization

/// The time of a day on which many things go on at once: when everybody waits for it, it passes to what is due next, and
/// wakes that one alone.
///
/// Whoever is not waiting for time is busy: an activity (``activity(_:)``) while none of its tasks sleeps, or a question to
/// the disk (``whileBusy(_:)``).
final class DayTime: Clock, Sendable {
    typealias Instant = VirtualTime.Instant

    /// Which activity a task belongs to; nil for the box's own tasks that wait for work, not for time.
    @TaskLocal private static var activity: Int?

    private struct Sleeper {
        let deadline: Timestamp
        let activity: Int?
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelledBeforeSleeping: Set<Int> = []
        /// How many of each activity's tasks sleep.
        var sleeping: [Int: Int] = [:]
        var busy = 0

        mutating func remove(_ id: Int) -> Sleeper? {
            guard let sleeper = sleepers.removeValue(forKey: id) else { return nil }
            if let activity = sleeper.activity, let count = sleeping[activity] {
                sleeping[activity] = count - 1
                if count == 1 { busy += 1 }
            }
            return sleeper
        }
    }

    private let world: VirtualTime
    private let state = Mutex(State())

    init(_ world: VirtualTime) {
        self.world = world
    }

    var now: Instant { world.now }
    var minimumResolution: Duration { .milliseconds(1) }

    // MARK: Who is busy

    /// Runs something that waits for nothing but time, the disk, and what others do in time.
    func activity(_ body: () async -> Void) async {
        let id = state.withLock { state in
            state.nextID += 1
            state.busy += 1
            state.sleeping[state.nextID] = 0
            return state.nextID
        }
        await Self.$activity.withValue(id, operation: body)
        state.withLock { state in
            state.busy -= 1
            state.sleeping[id] = nil
        }
    }

    /// Runs something that waits for work: whoever gives it some, and what it does then, is busy by itself.
    func service(_ body: () async -> Void) async {
        await Self.$activity.withValue(nil, operation: body)
    }

    func whileBusy<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        state.withLock { $0.busy += 1 }
        defer { state.withLock { $0.busy -= 1 } }
        return try await body()
    }

    // MARK: Waiting

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let activity = Self.activity
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelledBeforeSleeping.remove(id) != nil { return true }
                    if let activity, let count = state.sleeping[activity] {
                        state.sleeping[activity] = count + 1
                        if count == 0 { state.busy -= 1 }
                    }
                    state.sleepers[id] = Sleeper(
                        deadline: deadline.time,
                        activity: activity,
                        continuation: continuation
                    )
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                if state.sleepers[id] == nil { state.cancelledBeforeSleeping.insert(id) }
                return state.remove(id)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    // MARK: For the executor

    var isSomebodyBusy: Bool { state.withLock { $0.busy > 0 } }

    /// Lets time pass until the first of the sleepers is due, and wakes it.
    ///
    /// - Returns: False when nobody sleeps.
    func passToNext() -> Bool {
        let next = state.withLock { state -> Sleeper? in
            let first = state.sleepers.min { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
            return first.flatMap { state.remove($0.key) }
        }
        guard let next else { return false }
        world.pass(next.deadline - world.now.time)
        next.continuation.resume()
        return true
    }
}
