import Dispatch
import Synchronization

/// Hands chunks from a thread that may block to a task that may not, a few at a time: whoever writes waits for whoever
/// reads, so that a slow download does not fill the memory.
final class ChunkPipe: Sendable {
    /// Whoever read does so no more.
    struct Closed: Error {}

    private struct State {
        var chunks: [[UInt8]] = []
        var end: Result<Void, any Error>?
        var isClosed = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let room: DispatchSemaphore

    init(capacity: Int = 8) {
        room = DispatchSemaphore(value: capacity)
    }

    /// Blocks until there is room.
    ///
    /// - Throws: ``Closed``.
    func write(_ chunk: [UInt8]) throws(Closed) {
        room.wait()
        let isClosed = state.withLock { state in
            if !state.isClosed { state.chunks.append(chunk) }
            return state.isClosed
        }
        guard !isClosed else {
            room.signal()
            throw Closed()
        }
        wakeReader()
    }

    /// There are no more chunks.
    func end(_ result: Result<Void, any Error>) {
        state.withLock { $0.end = $0.end ?? result }
        wakeReader()
    }

    /// The next chunk; nil after the last. For one task.
    ///
    /// - Throws: What ended the writing.
    func next() async throws -> [UInt8]? {
        while true {
            let (chunk, end) = state.withLock { state in
                (state.chunks.isEmpty ? nil : state.chunks.removeFirst(), state.end)
            }
            if let chunk {
                room.signal()
                return chunk
            }
            if let end {
                try end.get()
                return nil
            }
            try Task.checkCancellation()
            await waitForMore()
        }
    }

    /// Lets whoever writes go.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.chunks = []
        }
        room.signal()
    }

    private func waitForMore() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if !state.chunks.isEmpty || state.end != nil || Task.isCancelled { return true }
                    state.reader = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wakeReader()
        }
    }

    private func wakeReader() {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }
}
