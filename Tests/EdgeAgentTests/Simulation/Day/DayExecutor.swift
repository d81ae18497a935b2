import Dispatch
import Foundation
import Synchronization

/// One thread on which all tasks of a simulated day run, in turns, so that it is known when none of them can go on: only
/// then does time pass.
final class DayExecutor: TaskExecutor {
    /// The disk answers from other threads, within this.
    private static let patience = DispatchTimeInterval.seconds(30)

    private let jobs = Mutex<[UnownedJob]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrivals.signal()
    }

    /// Runs `body` and whatever it begins, and lets time pass whenever everybody waits for it.
    ///
    /// - Throws: What `body` throws; ``DayStandsStill``.
    func run(_ time: DayTime, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let end = End()
        Task(executorPreference: self) {
            do {
                try await body()
                end.outcome.withLock { $0 = .success(()) }
            } catch {
                end.outcome.withLock { $0 = .failure(error) }
            }
        }
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: self.turn(time, until: end)) }
            thread.stackSize = 8 * 1_024 * 1_024
            thread.start()
        }
    }

    private final class End: Sendable {
        let outcome = Mutex<Result<Void, any Error>?>(nil)
    }

    private func turn(_ time: DayTime, until end: End) -> Result<Void, any Error> {
        while true {
            if let outcome = end.outcome.withLock({ $0 }) { return outcome }
            if let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if time.isSomebodyBusy {
                guard arrivals.wait(timeout: .now() + Self.patience) == .success else {
                    return .failure(DayStandsStill(why: "somebody waits for what is neither time nor the disk"))
                }
            } else if !time.passToNext() {
                return .failure(DayStandsStill(why: "nobody waits for anything"))
            }
        }
    }
}

/// The simulation itself is wrong.
struct DayStandsStill: Error {
    let why: String
}
