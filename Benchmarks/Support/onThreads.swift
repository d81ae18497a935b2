import Foundation

/// Runs `body` on so many threads of their own at once and waits for all. For clients that block, so that their clock is
/// read by the thread that waits for the socket and by nobody else.
///
/// - Returns: What each gave, by its number.
/// - Throws: What one of them threw, once all have ended.
func onThreads<Value: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        for number in 0..<count {
            group.addTask {
                let value = try await withCheckedThrowingContinuation { continuation in
                    Thread.detachNewThread { continuation.resume(with: Result { try body(number) }) }
                }
                return (number, value)
            }
        }
        return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
