import Synchronization

/// Lets one export at a time read: each holds a connection for as long as its client takes, and there are few.
final class ExportTurns: Sendable {
    /// Ends when nobody holds it any more, also when the answer was never asked to write its body.
    final class Turn: Sendable {
        private let turns: ExportTurns

        fileprivate init(_ turns: ExportTurns) {
            self.turns = turns
        }

        deinit {
            turns.isTaken.withLock { $0 = false }
        }
    }

    private let isTaken = Mutex(false)

    /// Nil while somebody else has it.
    func take() -> Turn? {
        let isFree = isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
        return isFree ? Turn(self) : nil
    }
}
