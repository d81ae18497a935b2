import CLibPQ

extension PostgresSession {
    /// Hands the rows of one statement to the body as they arrive, so that any number of them needs little memory.
    ///
    /// A body that throws ends the transaction and its connection: the rest of the rows is not waited for.
    ///
    /// - Throws: What the body throws; else as `query`.
    public func forEach(
        _ sql: String,
        _ arguments: [PostgresValue] = [],
        body: (PostgresRow) throws -> Void
    ) throws {
        try noting { () throws(PostgresError) in try send(sql, arguments, rowByRow: true) }
        var shape: RowShape?
        var failure: PostgresError?
        while let result = try noting({ () throws(PostgresError) in try link.nextResult() }) {
            guard result.status == PGRES_SINGLE_TUPLE else {
                failure = failure ?? unexpected(result)
                continue
            }
            let known = shape ?? result.shape
            shape = known
            do {
                try body(result.row(0, known))
            } catch {
                link.abandon()
                throw error
            }
        }
        if let failure {
            note(failure)
            throw failure
        }
    }

    /// What is wrong with a result that is no row: nothing, if it is the one after the last row.
    private func unexpected(_ result: borrowing QueryResult) -> PostgresError? {
        if result.status == PGRES_TUPLES_OK || result.status == PGRES_COMMAND_OK { return nil }
        if let error = link.error(in: result) { return error }
        link.abandon()
        return .wrongKindOfStatement
    }
}
