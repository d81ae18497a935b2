import CLibPQ

/// Runs a body between `BEGIN` and `COMMIT`, on the thread that owns the link.
struct Transaction {
    let link: Link
    let mode: TransactionMode

    func run<Value: Sendable>(_ body: (PostgresSession) throws -> Value) -> TransactionEnd<Value> {
        do {
            try link.simple(mode.beginStatement)
        } catch {
            // A BEGIN that was refused leaves nobody in doubt, and nothing to roll back.
            link.abandon()
            return error == .connectionLost ? .neverBegan(error) : .notCommitted(error)
        }
        let session = PostgresSession(link)
        defer { if session.mustDropConnection { link.abandon() } }
        do {
            let value = try body(session)
            return end(session, value)
        } catch {
            rollBack()
            return failed(session, error)
        }
    }

    private func end<Value: Sendable>(_ session: PostgresSession, _ value: Value) -> TransactionEnd<Value> {
        switch link.transactionStatus {
        case PQTRANS_INTRANS:
            return commit(session, value)
        case PQTRANS_INERROR:
            // PostgreSQL would answer this COMMIT with a ROLLBACK, and call it a success.
            rollBack()
            return failed(session, session.failure ?? .transactionEnded)
        case PQTRANS_IDLE:
            return .notCommitted(PostgresError.transactionEnded)
        default:
            return failed(session, session.failure ?? .connectionLost)
        }
    }

    private func commit<Value: Sendable>(_ session: PostgresSession, _ value: Value) -> TransactionEnd<Value> {
        guard !link.isCancelled else {
            rollBack()
            return .notCommitted(PostgresError.cancelled)
        }
        do {
            try link.start { PQsendQuery($0, "COMMIT") }
            guard try link.onlyResult().commandTag == "COMMIT" else {
                return .notCommitted(PostgresError.transactionEnded)
            }
            return .committed(value)
        } catch {
            // An answer on a connection that lives on is certain. Whatever ends the connection may have come before
            // or after.
            guard !link.isBroken else { return mode.isReadOnly ? .notCommitted(error) : .unknown }
            return failed(session, error)
        }
    }

    /// Why it was not committed: the error to pass on is the body's, the one to decide by is the server's.
    private func failed<Value: Sendable>(_ session: PostgresSession, _ error: any Error) -> TransactionEnd<Value> {
        let cause = session.failure ?? error as? PostgresError
        return cause?.sqlState?.isRetryable == true ? .retryable(error) : .notCommitted(error)
    }

    /// A connection that cannot even roll back is given up, and the server rolls back by itself.
    private func rollBack() {
        guard !link.isBroken, link.transactionStatus != PQTRANS_IDLE else { return }
        do {
            try link.simple("ROLLBACK")
        } catch {
            link.abandon()
        }
    }
}
