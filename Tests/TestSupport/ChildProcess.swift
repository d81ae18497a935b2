import Foundation
import Glibc
import Synchronization

/// A program at work, with what it writes to its standard output.
///
/// Spawned by hand: Foundation's `Process` was seen to lose the end of a pipe on Linux, and with it the test.
public final class ChildProcess: Sendable {
    public struct Failure: Error {
        public let errno: Int32
    }

    private struct State {
        var output = ""
        var hasEnded = false
        var watchers: [(isThere: @Sendable (String) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let id: pid_t
    /// Held open, so that a program which stops at the end of its input goes on. Nil once it was closed.
    private let input: Mutex<Int32?>

    /// Finds the program, the first of the arguments, in the path. What it writes to standard error is dropped.
    public init(_ arguments: [String]) throws {
        var (output, input): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
        // Socket pairs, because they can be made so that no other child inherits them.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &output) == 0, socketpair(AF_UNIX, type, 0, &input) == 0 else {
            throw Failure(errno: Glibc.errno)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input[0], 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // The sockets of the tests that run beside this one are none of its business.
        for descriptor in Int32(3)..<1_024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let result = posix_spawnp(&child, arguments[0], &actions, nil, &words, environ)
        close(input[0])
        close(output[1])
        id = child
        self.input = Mutex(input[1])
        let reading = output[0]
        guard result == 0 else {
            close(reading)
            throw Failure(errno: result)
        }
        Thread.detachNewThread { self.read(reading) }
    }

    deinit {
        closeInput()
    }

    /// Writes to the program's standard input. What a program that has ended can no longer read is lost.
    public func write(_ text: String) {
        let bytes = Array(text.utf8)
        input.withLock { input in
            if let input { _ = send(input, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
        }
    }

    /// Lets the program see the end of its standard input.
    public func closeInput() {
        input.withLock { input in
            if let open = input { close(open) }
            input = nil
        }
    }

    /// Suspends until what the program has written is enough, or it has ended; returns all it has written so far.
    public func waitForOutput(_ isThere: @escaping @Sendable (String) -> Bool) async -> String {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state in
                if state.hasEnded || isThere(state.output) { return true }
                state.watchers.append((isThere, continuation))
                return false
            }
            if now { continuation.resume() }
        }
        return state.withLock { $0.output }
    }

    /// Suspends until the program has ended; returns all it has written.
    public func waitForEnd() async -> String {
        await waitForOutput { _ in false }
    }

    /// Ends the program at once; nothing happens when it has already ended.
    public func kill() {
        // Under the lock: once it is marked as ended, its number may be another's.
        state.withLock { state in
            if !state.hasEnded { _ = Glibc.kill(id, SIGKILL) }
        }
    }

    private func read(_ pipe: Int32) {
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(pipe, &piece, piece.count)
            guard count > 0 else { break }
            change { $0.output += String(decoding: piece[..<count], as: UTF8.self) }
        }
        close(pipe)
        change { state in
            var status: Int32 = 0
            waitpid(id, &status, 0)
            state.hasEnded = true
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let reached = state.withLock { state in
            body(&state)
            let watchers = state.watchers
            state.watchers = []
            return watchers.filter { watcher in
                let isReached = state.hasEnded || watcher.isThere(state.output)
                if !isReached { state.watchers.append(watcher) }
                return isReached
            }.map(\.continuation)
        }
        for watcher in reached { watcher.resume() }
    }
}
