import Synchronization

/// What is known of the slips of the latest sales, in memory: paper is no fact of the books. Of a sale that is not here,
/// from before a restart, nobody knows whether its slip was printed.
final class SlipBoard: Sendable {
    /// A till sells no more in a day. The oldest make room.
    private static let capacity = 1_000

    /// Leave to send one slip to a printer.
    struct Job: Sendable {
        fileprivate let number: Int
        /// An earlier slip of the sale may be on paper.
        let mayBeSecond: Bool
    }

    private struct Entry {
        var progress: SlipProgress
        var mayBeOnPaper: Bool
        var job = 0
    }

    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var entries: [SaleID: Entry] = [:]
        /// The oldest first.
        var order: [SaleID] = []
        var waiters: [SaleID: [Waiter]] = [:]
        var nextNumber = 1
    }

    private let state = Mutex(State())

    /// A sale was made just now.
    ///
    /// - Parameter isOnPaper: It is one of a ficha that was printed before.
    func add(_ id: SaleID, isOnPaper: Bool) {
        state.withLock { Self.add(Entry(progress: .unsent, mayBeOnPaper: isOnPaper), for: id, to: &$0) }
    }

    /// Nil where nobody knows.
    func progress(of id: SaleID) -> SlipProgress? {
        state.withLock { $0.entries[id]?.progress }
    }

    /// Whether a slip of the sale may be on paper, so that another has to say that it is one more.
    func mayBeOnPaper(_ id: SaleID) -> Bool {
        state.withLock { state in
            guard let entry = state.entries[id] else { return true }
            return entry.mayBeOnPaper || !entry.progress.isCertainlyNotPrinted
        }
    }

    // MARK: Printing

    /// Once, of all that ask at the same time; nil where a slip may be on its way or out already.
    func beginFirst(_ id: SaleID, on printer: String) -> Job? {
        state.withLock { state in
            guard state.entries[id]?.progress.isCertainlyNotPrinted == true else { return nil }
            return Self.begin(id, on: printer, in: &state)
        }
    }

    /// Another slip, whatever became of those before.
    func beginAnother(_ id: SaleID, on printer: String) -> Job {
        state.withLock { state in
            if state.entries[id] == nil {
                Self.add(Entry(progress: .unsent, mayBeOnPaper: true), for: id, to: &state)
            }
            return Self.begin(id, on: printer, in: &state)
        }
    }

    /// The printer is done with it. Of several slips the last one that was asked for is the one that is told about.
    func end(_ id: SaleID, _ job: Job, _ result: SlipPrintResult, on printer: String) {
        let woken = state.withLock { state -> [Waiter] in
            guard state.entries[id] != nil else { return [] }
            let progress = SlipProgress.ended(result, printer: printer)
            if !progress.isCertainlyNotPrinted { state.entries[id]?.mayBeOnPaper = true }
            guard state.entries[id]?.job == job.number else { return [] }
            state.entries[id]?.progress = progress
            return state.waiters.removeValue(forKey: id) ?? []
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Suspends while a printer is at the slip, until the task is cancelled.
    func waitWhileSending(_ id: SaleID) async {
        let number = state.withLock { state in
            defer { state.nextNumber += 1 }
            return state.nextNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard case .sending = state.entries[id]?.progress, !Task.isCancelled else { return true }
                    state.waiters[id, default: []].append(Waiter(number: number, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.waiters[id]?.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiters[id]?.remove(at: index)
            }
            waiter?.continuation.resume()
        }
    }

    // MARK: Pieces

    private static func begin(_ id: SaleID, on printer: String, in state: inout State) -> Job {
        let job = Job(number: state.nextNumber, mayBeSecond: state.entries[id]?.mayBeOnPaper ?? true)
        state.nextNumber += 1
        state.entries[id]?.job = job.number
        state.entries[id]?.progress = .sending(printer: printer)
        return job
    }

    private static func add(_ entry: Entry, for id: SaleID, to state: inout State) {
        guard state.entries.updateValue(entry, forKey: id) == nil else { return }
        state.order.append(id)
        guard state.order.count > capacity else { return }
        // One that a printer is still at ends by itself, and whoever waits for it does so for a second.
        state.entries[state.order.removeFirst()] = nil
    }
}
