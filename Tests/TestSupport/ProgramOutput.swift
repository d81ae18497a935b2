import Synchronization

/// What a program writes, and its end, for those who wait for either.
final class ProgramOutput: Sendable {
    private struct Waiter {
        /// Nil waits for the end.
        let matches: (@Sendable (String) -> Bool)?
        let continuation: CheckedContinuation<String?, Never>
    }

    private struct State {
        var lines: [String] = []
        /// Bytes of a line that is not whole yet, for each open stream.
        var streams: [Int: [UInt8]]
        var status: Int32?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0

        /// Nothing more will be written. A child of the program may keep its streams open beyond its end.
        var isSilent: Bool { status != nil && streams.isEmpty }
    }

    private let state: Mutex<State>

    /// - Parameter streams: How many streams are read, numbered from 0.
    init(streams: Int) {
        state = Mutex(State(streams: Dictionary(uniqueKeysWithValues: (0..<streams).map { ($0, []) })))
    }

    var lines: [String] { state.withLock { $0.lines } }

    func append(_ bytes: [UInt8], stream: Int) {
        let woken = state.withLock { state -> [(Waiter, String)] in
            var rest = (state.streams[stream] ?? []) + bytes
            var woken: [(Waiter, String)] = []
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                state.lines.append(line)
                for (number, waiter) in state.waiters where waiter.matches?(line) ?? false {
                    state.waiters[number] = nil
                    woken.append((waiter, line))
                }
            }
            state.streams[stream] = rest
            return woken
        }
        for (waiter, line) in woken { waiter.continuation.resume(returning: line) }
    }

    /// A stream has ended; what it wrote last need not be a whole line.
    func close(stream: Int) {
        wake { state in
            if let rest = state.streams.removeValue(forKey: stream), !rest.isEmpty {
                state.lines.append(String(decoding: rest, as: UTF8.self))
            }
        }
    }

    func end(status: Int32) {
        wake { $0.status = status }
    }

    /// The first line that matches; nil when the program ends without one, or the task is cancelled.
    ///
    /// - Parameter count: So many lines from the beginning are not looked at.
    func line(afterFirst count: Int = 0, matching matches: @escaping @Sendable (String) -> Bool) async -> String? {
        await wait(for: matches, afterFirst: count)
    }

    /// How the program ended, once it has; nil if the waiting task is cancelled before.
    var exitStatus: Int32? {
        get async {
            _ = await wait(for: nil)
            return state.withLock { $0.status }
        }
    }

    /// Changes what is known, and wakes those who have nothing left to wait for.
    private func wake(_ change: (inout State) -> Void) {
        let woken = state.withLock { state -> [Waiter] in
            change(&state)
            let numbers = state.waiters.filter { Self.isOver(state, $0.value.matches) }.map(\.key)
            return numbers.compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in woken { waiter.continuation.resume(returning: nil) }
    }

    private static func isOver(_ state: State, _ matches: (@Sendable (String) -> Bool)?) -> Bool {
        matches == nil ? state.status != nil : state.isSilent
    }

    private func wait(for matches: (@Sendable (String) -> Bool)?, afterFirst count: Int = 0) async -> String? {
        let number = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enum Outcome { case waits, over(String?) }
                let outcome = state.withLock { state -> Outcome in
                    if let matches, let line = state.lines.dropFirst(count).first(where: matches) { return .over(line) }
                    if Self.isOver(state, matches) || Task.isCancelled { return .over(nil) }
                    state.waiters[number] = Waiter(matches: matches, continuation: continuation)
                    return .waits
                }
                if case .over(let line) = outcome { continuation.resume(returning: line) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume(returning: nil)
        }
    }
}
