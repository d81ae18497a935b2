import CLibPQ

extension PostgresSession {
    /// No more than this is handed to libpq at once, or to who reads a copy.
    static let copyPieceBytes = 65_536

    /// Runs a `COPY … FROM STDIN` with what `nextChunk` returns until it returns nil; chunks need not end where rows
    /// end.
    ///
    /// - Returns: How many rows were copied.
    /// - Throws: What `nextChunk` throws, with nothing copied; else as `query`.
    @discardableResult
    public func copyIn(_ sql: String, nextChunk: () throws -> [UInt8]?) throws -> Int {
        try noting { () throws(PostgresError) in try beginCopy(sql, PGRES_COPY_IN) }
        do {
            while let chunk = try nextChunk() {
                try noting { () throws(PostgresError) in try put(chunk) }
            }
        } catch {
            abortCopy()
            throw error
        }
        return try noting { () throws(PostgresError) in
            try link.send { PQputCopyEnd($0, nil) }
            return try link.onlyResult().affectedRows
        }
    }

    /// Runs a `COPY … TO STDOUT` and hands on what comes, whole rows in chunks of about 64 KiB.
    ///
    /// A body that throws ends the transaction and its connection: the rest is not waited for.
    ///
    /// - Returns: How many rows were copied.
    /// - Throws: What the body throws; else as `query`.
    @discardableResult
    public func copyOut(_ sql: String, onChunk: ([UInt8]) throws -> Void) throws -> Int {
        try noting { () throws(PostgresError) in try beginCopy(sql, PGRES_COPY_OUT) }
        var chunk: [UInt8] = []
        do {
            while try noting({ () throws(PostgresError) in try link.nextCopyPiece { chunk += $0 } }) {
                guard chunk.count >= Self.copyPieceBytes else { continue }
                try onChunk(chunk)
                chunk.removeAll(keepingCapacity: true)
            }
            let count = try noting { () throws(PostgresError) in try link.onlyResult().affectedRows }
            if !chunk.isEmpty { try onChunk(chunk) }
            return count
        } catch {
            if link.transactionStatus == PQTRANS_ACTIVE { link.abandon() }
            throw error
        }
    }

    private func beginCopy(_ sql: String, _ kind: ExecStatusType) throws(PostgresError) {
        guard !sql.utf8.contains(0) else { throw .nulInText }
        try link.send { PQsendQuery($0, sql) }
        guard let result = try link.nextResult() else { throw .connectionLost }
        if result.status == kind { return }
        let failure = link.error(in: result) ?? .wrongKindOfStatement
        if result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT {
            link.abandon()
        } else {
            while try link.nextResult() != nil {}
        }
        throw failure
    }

    private func put(_ chunk: [UInt8]) throws(PostgresError) {
        var rest = chunk[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Self.copyPieceBytes)
            rest = rest.dropFirst(piece.count)
            try link.send { connection in
                piece.withUnsafeBytes {
                    PQputCopyData(connection, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
                }
            }
        }
    }

    /// Tells the server that there will be no more; it then undoes the copy and refuses the rest of the transaction.
    private func abortCopy() {
        guard !link.isBroken else { return }
        do {
            var refusal: ServerFailure?
            try link.start { PQputCopyEnd($0, "given up by the client") }
            while let result = try link.nextResult() { refusal = refusal ?? result.failure }
            if let refusal { note(.server(refusal.error)) }
        } catch {
            link.abandon()
        }
    }
}
