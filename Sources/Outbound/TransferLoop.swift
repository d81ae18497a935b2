import CCurl
import Glibc
import Synchronization

/// The one thread that owns the `curl_multi` handle and every easy handle in it.
///
/// Others leave requests and cancellations in a locked inbox and wake the thread; results leave by continuations.
///
/// @unchecked because `active` is touched by the loop's thread alone, and `multi` by others only to wake it, under the
/// inbox's lock and before `closed`.
final class TransferLoop: @unchecked Sendable {
    private enum Mode: Comparable { case open, draining, aborting, closed }

    private struct Inbox {
        var mode = Mode.open
        var submissions: [Transfer] = []
        var cancellations: [Transfer] = []
        /// Transfers accepted and not yet ended.
        var underWay = 0
        var failure: CURLMcode?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// libcurl's global state, made once for the process and never taken down: others may still use libcurl.
    private static let libraryIsReady = ccurl_global_init() == CURLE_OK

    private let limit: Int
    private let multi: UnsafeMutableRawPointer
    private let inbox = Mutex(Inbox())
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]

    /// Starts the thread. It ends after `drain()` or `abort()`, one of which must be called.
    init(limit: Int) throws(OutboundError) {
        guard Self.libraryIsReady, let multi = curl_multi_init() else { throw .cannotStart }
        // Fails when there was no socket pair to wake the thread with, which libcurl alone would not tell.
        guard curl_multi_wakeup(multi) == CURLM_OK else {
            curl_multi_cleanup(multi)
            throw .cannotStart
        }
        self.limit = limit
        self.multi = multi
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, runTransferLoop, context.toOpaque()) == 0 else {
            context.release()
            curl_multi_cleanup(multi)
            throw .cannotStart
        }
        pthread_detach(thread)
    }

    /// The `CURLMcode` that broke the loop; nil while it works and when it was asked to end.
    var failure: Int? { inbox.withLock { $0.failure.map { Int($0.rawValue) } } }

    /// Hands a request over. The continuation is resumed exactly once, possibly at once.
    func submit(_ transfer: Transfer, _ continuation: CheckedContinuation<TransferEnd, Never>) {
        let refusal = inbox.withLock { inbox -> TransportFailure? in
            guard inbox.mode == .open else { return .shuttingDown }
            guard inbox.underWay < limit else { return .tooManyRequests }
            inbox.underWay += 1
            transfer.continuation = continuation
            inbox.submissions.append(transfer)
            wake(inbox)
            return nil
        }
        if let refusal { continuation.resume(returning: TransferEnd(outcome: .notSent(refusal))) }
    }

    /// Ends a request as soon as possible; nothing happens when it has already ended.
    func cancel(_ transfer: Transfer) {
        transfer.isCancelled.store(true, ordering: .sequentiallyConsistent)
        inbox.withLock { inbox in
            guard inbox.mode != .closed else { return }
            inbox.cancellations.append(transfer)
            wake(inbox)
        }
    }

    /// Accepts no more requests, and ends when those under way have ended.
    func drain() { move(to: .draining) }

    /// Accepts no more requests, ends those under way, and ends.
    func abort() { move(to: .aborting) }

    /// Waits until the thread has given everything back.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isClosed = inbox.withLock { inbox in
                if inbox.mode != .closed { inbox.waiters.append(continuation) }
                return inbox.mode == .closed
            }
            if isClosed { continuation.resume() }
        }
    }

    private func move(to mode: Mode) {
        inbox.withLock { inbox in
            guard inbox.mode < mode else { return }
            inbox.mode = mode
            wake(inbox)
        }
    }

    /// Only while the lock is held: the handle is cleaned up under it.
    private func wake(_ inbox: borrowing Inbox) {
        if inbox.mode != .closed { curl_multi_wakeup(multi) }
    }
}

// MARK: On the loop's own thread

extension TransferLoop {
    fileprivate func run() {
        while true {
            let mode = takeWork()
            var running: Int32 = 0
            check(curl_multi_perform(multi, &running))
            endFinished()
            // Past `open` nothing is submitted any more, so an empty loop stays empty.
            if mode > .open && active.isEmpty { break }
            // Woken by `wake`, by a socket, or by libcurl's own timers. On a loaded machine libcurl 7.88 was seen to sleep
            // past a total timeout, about once in 400; why is not proven (its `add_next_timeout` drops timers up to a
            // millisecond early). Each perform checks the limits anew, so this bounds how late one is noticed.
            check(curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : 1_000, nil))
        }
        close()
    }

    /// Starts and ends what the inbox asks for.
    private func takeWork() -> Mode {
        let (submissions, cancellations, mode) = inbox.withLock { inbox in
            defer {
                inbox.submissions = []
                inbox.cancellations = []
            }
            return (inbox.submissions, inbox.cancellations, inbox.mode)
        }
        for transfer in submissions { start(transfer) }
        for transfer in cancellations { end(transfer, .cancelled) }
        if mode == .aborting {
            for transfer in Array(active.values) { end(transfer, .shuttingDown) }
        }
        return mode
    }

    private func close() {
        let waiters = inbox.withLock { inbox in
            curl_multi_cleanup(multi)
            inbox.mode = .closed
            inbox.cancellations = []
            defer { inbox.waiters = [] }
            return inbox.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func start(_ transfer: Transfer) {
        guard !transfer.isCancelled.load(ordering: .sequentiallyConsistent) else {
            return finish(transfer, transfer.end(failed: .cancelled))
        }
        let code = transfer.prepare()
        guard code == CURLE_OK, let easy = transfer.easy else {
            return finish(transfer, transfer.end(code))
        }
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else {
            return finish(transfer, transfer.end(CURLE_FAILED_INIT))
        }
        active[easy] = transfer
    }

    private func endFinished() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            // The message dies with its handle: everything is read before.
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let transfer = active[easy]
            else { continue }
            let code = message.pointee.data.result
            remove(easy)
            finish(transfer, transfer.end(code))
        }
    }

    private func end(_ transfer: Transfer, _ failure: TransportFailure) {
        guard let easy = transfer.easy, active[easy] === transfer else { return }
        let end = transfer.end(failed: failure)
        remove(easy)
        finish(transfer, end)
    }

    private func remove(_ easy: UnsafeMutableRawPointer) {
        active[easy] = nil
        check(curl_multi_remove_handle(multi, easy))
    }

    private func finish(_ transfer: Transfer, _ end: TransferEnd) {
        inbox.withLock { $0.underWay -= 1 }
        transfer.finish(end)
    }

    /// A broken multi handle cannot be mended: the loop ends, and the service with it.
    private func check(_ code: CURLMcode) {
        guard code != CURLM_OK else { return }
        inbox.withLock { inbox in
            inbox.failure = inbox.failure ?? code
            inbox.mode = max(inbox.mode, .aborting)
        }
    }
}

private func runTransferLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    // With NOSIGNAL libcurl leaves SIGPIPE alone; a peer that goes away must not end the process.
    var pipe = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, nil)
    Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
