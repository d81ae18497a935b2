import CLibPQ
import Glibc

/// One connection of libpq's and every wait for its server, each with an end.
///
/// It blocks, and belongs to one thread at a time: that of the connection's queue. A link that is broken stays so;
/// what the server may still say on it is of no interest.
final class Link {
    /// How long the server may say nothing while it works.
    private var silenceLimit: Duration
    private let grace: Duration
    private(set) var isBroken = false
    /// What is prepared on this connection.
    var statements = StatementCache(capacity: 128)
    private let connection: OpaquePointer
    private let cancellation: Cancellation
    private let clock = ContinuousClock()
    private var cancellationEnd: ContinuousClock.Instant?
    private var cancellationPause = Duration.milliseconds(10)

    /// Connects, in at most `connectTimeout` for each host.
    ///
    /// - Throws: `cannotConnect`.
    init(_ configuration: PostgresConfiguration, _ cancellation: Cancellation) throws(PostgresError) {
        guard cancellation.descriptor >= 0 else { throw .cannotConnect(reason: "no descriptor to be woken by") }
        let keywords = ConnectionKeywords(configuration).values
        let connected = withCStrings(keywords.map(\.key)) { names in
            withCStrings(keywords.map(\.value)) { PQconnectdbParams(names, $0, 0) }
        }
        guard let connected else { throw .cannotConnect(reason: "out of memory") }
        guard PQstatus(connected) == CONNECTION_OK, PQsetnonblocking(connected, 1) == 0 else {
            let reason = String(cString: PQerrorMessage(connected))
            PQfinish(connected)
            throw .cannotConnect(reason: reason.trimmed)
        }
        // libpq's own would write what the server remarks to standard error.
        PQsetNoticeProcessor(connected, { _, _ in }, nil)
        connection = connected
        self.cancellation = cancellation
        grace = configuration.silenceGrace
        silenceLimit = configuration.statementTimeout + grace
    }

    deinit {
        PQfinish(connection)
    }

    /// By the server's account; `PQTRANS_UNKNOWN` on a broken link.
    var transactionStatus: PGTransactionStatusType {
        isBroken ? PQTRANS_UNKNOWN : PQtransactionStatus(connection)
    }

    /// Whether somebody asked for the work to end.
    var isCancelled: Bool { cancellation.isRequested }

    /// Nothing is to be expected of the connection any more.
    func abandon() {
        isBroken = true
    }

    /// Allows the server to be silent for as long as a statement of this transaction may run.
    func allow(statementTimeout: Duration) {
        silenceLimit = statementTimeout + grace
    }

    /// Runs a call of libpq's that sends something, and sees it off.
    ///
    /// - Throws: `cancelled`, before anything is sent; `connectionLost`, `timedOut`.
    func send(_ call: (OpaquePointer) -> Int32) throws(PostgresError) {
        guard !cancellation.isRequested else { throw .cancelled }
        try start(call)
    }

    /// As `send`, but a cancellation does not keep it from being sent.
    func start(_ call: (OpaquePointer) -> Int32) throws(PostgresError) {
        guard !isBroken, call(connection) == 1 else { throw lost() }
        try flush()
    }

    /// Waits for the next result; nil when the statement has ended.
    func nextResult() throws(PostgresError) -> QueryResult? {
        guard !isBroken else { throw .connectionLost }
        while PQisBusy(connection) == 1 {
            try wait(for: POLLIN)
            guard PQconsumeInput(connection) == 1 else { throw lost() }
        }
        return PQgetResult(connection).map { QueryResult($0) }
    }

    /// Waits for the next piece of a `COPY … TO STDOUT` and hands it to the body; false when there are no more.
    func nextCopyPiece(_ body: (UnsafeRawBufferPointer) -> Void) throws(PostgresError) -> Bool {
        while !isBroken {
            var piece: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &piece, 1)
            if let piece {
                defer { PQfreemem(piece) }
                body(UnsafeRawBufferPointer(start: piece, count: Int(count)))
                return true
            }
            if count < 0 { return false }
            try wait(for: POLLIN)
            guard PQconsumeInput(connection) == 1 else { throw lost() }
        }
        throw .connectionLost
    }

    /// Waits until everything has been handed to the system.
    private func flush() throws(PostgresError) {
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1:
                // The server may not read on before we have read what it wrote.
                try wait(for: POLLIN | POLLOUT)
                guard PQconsumeInput(connection) == 1 else { throw lost() }
            default: throw lost()
            }
        }
    }

    private func lost() -> PostgresError {
        isBroken = true
        return .connectionLost
    }
}

// MARK: Waiting

extension Link {
    /// Blocks until the socket is ready.
    ///
    /// - Throws: `timedOut` or `cancelled`, with the link broken, when the server is silent for too long.
    private func wait(for events: Int32) throws(PostgresError) {
        let deadline = clock.now + silenceLimit
        while true {
            var sockets = [pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)]
            let end: ContinuousClock.Instant
            if cancellation.isRequested {
                end = min(deadline, pursueCancellation())
            } else {
                end = deadline
                sockets.append(pollfd(fd: cancellation.descriptor, events: Int16(POLLIN), revents: 0))
            }
            var patience = clock.now.duration(to: end)
            guard patience > .zero else {
                isBroken = true
                throw cancellation.isRequested ? .cancelled : .timedOut(.statement)
            }
            if cancellation.isRequested { patience = min(patience, cancellationPause) }
            _ = poll(&sockets, nfds_t(sockets.count), Int32(patience.limitInMilliseconds))
            // An error shows as readable and comes to light when it is read.
            if sockets[0].revents != 0 { return }
        }
    }

    /// Asks the server to end the statement, with longer and longer pauses; returns until when it has time to do so.
    private func pursueCancellation() -> ContinuousClock.Instant {
        let end = cancellationEnd ?? clock.now + grace
        cancellationEnd = end
        if let handle = PQgetCancel(connection) {
            var complaint = [CChar](repeating: 0, count: 256)
            _ = PQcancel(handle, &complaint, Int32(complaint.count))
            PQfreeCancel(handle)
        }
        cancellationPause = min(cancellationPause * 2, .seconds(1))
        return end
    }
}

/// Lends C strings, with a null pointer after the last.
private func withCStrings<Value>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
) -> Value {
    let copies = strings.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { body($0.baseAddress) }
}

extension String {
    fileprivate var trimmed: String {
        String(split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}
