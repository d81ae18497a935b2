import CLibPQ

extension Link {
    /// Runs SQL without arguments, several statements if need be, and returns what the last one did.
    ///
    /// - Throws: As `onlyResult`, and `nulInText`.
    @discardableResult func simple(_ sql: String) throws(PostgresError) -> String {
        guard !sql.utf8.contains(0) else { throw .nulInText }
        try send { PQsendQuery($0, sql) }
        return try onlyResult().commandTag
    }

    /// Waits for the end of what was sent, and returns its last result.
    ///
    /// - Throws: The first thing the server complained of; `wrongKindOfStatement` when it wants to copy.
    func onlyResult() throws(PostgresError) -> QueryResult {
        var last: QueryResult?
        var failure: PostgresError?
        while let result = try nextResult() {
            if result.status == PGRES_COPY_OUT || result.status == PGRES_COPY_BOTH {
                // The way to the next result leads through all that would be copied.
                abandon()
                throw .wrongKindOfStatement
            }
            if result.status == PGRES_COPY_IN {
                failure = failure ?? .wrongKindOfStatement
                try start { PQputCopyEnd($0, "this is no copy") }
            } else {
                if failure == nil { failure = error(in: result) }
            }
            last = consume result
        }
        if let failure { throw failure }
        guard let last else {
            abandon()
            throw .connectionLost
        }
        return last
    }

    /// What a result complains of; nil where it does not. Breaks the link if the connection ends with it.
    func error(in result: borrowing QueryResult) -> PostgresError? {
        guard let failure = result.failure else { return nil }
        if failure.endsConnection {
            abandon()
            return .connectionLost
        }
        guard failure.error.sqlState == .queryCanceled else { return .server(failure.error) }
        return isCancelled ? .cancelled : .timedOut(.statement)
    }
}
