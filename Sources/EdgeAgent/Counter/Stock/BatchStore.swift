import FoundationEssentials
import GRDB
import Purchasing
import Shared
import Store

/// The batches on the disk.
struct BatchStore: Sendable {
    /// In one commit: some tens of milliseconds, which a sale beside it has to wait.
    static let chunk = 100

    let database: DurableDatabase

    /// Tells of each commit that changed a batch, until it is cancelled.
    func onChange(_ body: @escaping @Sendable () -> Void) -> AnyDatabaseCancellable {
        database.watch("SELECT id FROM batch", body)
    }

    /// Orders a batch, unless the page was posted before. Its fichas come to be afterwards.
    ///
    /// - Throws: ``CounterError/noSuchBatch`` for another cashier's.
    func order(_ batch: Batch) async throws {
        let product = String(decoding: try JSONEncoder().encode(batch.product), as: UTF8.self)
        try await database.commit { db in
            if let known = try Self.batch(batch.id, in: db) {
                guard known.cashierID == batch.cashierID else { throw CounterError.noSuchBatch }
                return
            }
            try db.execute(
                sql: """
                    INSERT INTO batch (id, router_id, product, count, sell_by_ms, cashier_id, cashier_name, created_at_ms)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    batch.id.text, batch.routerID, product, batch.count, batch.sellBy?.milliseconds, batch.cashierID,
                    batch.cashierName, batch.createdAt.milliseconds,
                ]
            )
        }
    }

    /// Mints the next fichas of the oldest batch that is not complete: they and how many there are, in one commit.
    ///
    /// - Returns: Whether there was anything to do.
    func mintNext(at moment: FichaMoment) async throws -> Bool {
        try await database.commit { db in
            let sql = "SELECT * FROM batch WHERE minted < count ORDER BY created_at_ms LIMIT 1"
            guard let batch = try Row.fetchOne(db, sql: sql).map(Self.batch) else { return false }
            let number = min(Self.chunk, Int(batch.count - batch.minted))
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<number { try Self.mintOne(of: batch, at: moment, using: &generator, in: db) }
            try db.execute(
                sql: "UPDATE batch SET minted = minted + ? WHERE id = ?",
                arguments: [number, batch.id.text]
            )
            return true
        }
    }

    // MARK: Reading

    /// - Throws: ``CounterError/noSuchBatch``, also for one of a router the cashier does not sell at.
    func batch(_ id: CounterID<Batch>, for cashier: SiteSnapshot.Cashier) async throws -> Batch {
        try await database.read { db in
            guard let batch = try Self.batch(id, in: db), cashier.routerIDs.contains(batch.routerID) else {
                throw CounterError.noSuchBatch
            }
            return batch
        }
    }

    /// The latest batches of the routers a cashier sells at, newest first.
    func latest(for cashier: SiteSnapshot.Cashier, limit: Int) async throws -> [Batch] {
        try await database.read { db in
            let routers = databaseQuestionMarks(count: cashier.routerIDs.count)
            let sql = "SELECT * FROM batch WHERE router_id IN (\(routers)) ORDER BY created_at_ms DESC LIMIT ?"
            let arguments = StatementArguments(cashier.routerIDs) + [limit]
            return try Row.fetchAll(db, sql: sql, arguments: arguments).map(Self.batch)
        }
    }

    /// How many fichas of a batch stand where.
    func counts(of id: CounterID<Batch>) async throws -> [FichaState: Int64] {
        try await database.read { db in
            let sql = "SELECT state, count(*) AS number FROM ficha WHERE batch_id = ? GROUP BY state"
            return try Row.fetchAll(db, sql: sql, arguments: [id.text]).reduce(into: [:]) { counts, row in
                if let state = FichaState(rawValue: row["state"]) { counts[state] = row["number"] }
            }
        }
    }

    /// The codes of a batch in the order they were minted, from one place on.
    func codes(of id: CounterID<Batch>, from first: Int, limit: Int) async throws -> [FichaCode] {
        try await database.read { db in
            let sql = "SELECT code FROM ficha WHERE batch_id = ? ORDER BY rowid LIMIT ? OFFSET ?"
            return try String.fetchAll(db, sql: sql, arguments: [id.text, limit, first])
                .compactMap(FichaCode.init(digits:))
        }
    }

    // MARK: Inside a transaction

    private static func mintOne(
        of batch: Batch,
        at moment: FichaMoment,
        using generator: inout some RandomNumberGenerator,
        in db: Database
    ) throws {
        while true {
            let ficha = Ficha.mint(
                FichaCode(using: &generator),
                comment: RouterComment(using: &generator),
                product: batch.product,
                routerID: batch.routerID,
                batchID: batch.id.text,
                sellBy: batch.sellBy,
                at: moment
            )
            do {
                return try FichaStore.add(ficha, at: moment, in: db)
            } catch is FichaCodeTaken {
                continue
            }
        }
    }

    static func batch(_ id: CounterID<Batch>, in db: Database) throws -> Batch? {
        try Row.fetchOne(db, sql: "SELECT * FROM batch WHERE id = ?", arguments: [id.text]).map(batch)
    }

    static func batch(_ row: Row) throws -> Batch {
        guard let id = CounterID<Batch>(row["id"]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a batch is not readable")
        }
        return Batch(
            id: id,
            routerID: row["router_id"],
            product: try JSONDecoder().decode(PurchasedProduct.self, from: Data((row["product"] as String).utf8)),
            count: row["count"],
            minted: row["minted"],
            sellBy: (row["sell_by_ms"] as Int64?).map(Timestamp.init(milliseconds:)),
            cashierID: row["cashier_id"],
            cashierName: row["cashier_name"],
            createdAt: Timestamp(milliseconds: row["created_at_ms"])
        )
    }
}
