import FoundationEssentials
import GRDB
import Purchasing
import Shared
import Store

/// The entregas on the disk. Handing over is one transaction: the entrega, its fichas that work from then on, and the news
/// for the centre exist together or not at all.
struct EntregaStore: Sendable {
    let database: DurableDatabase

    /// Hands over the next fichas of a batch in the order they were printed, unless the page was posted before.
    ///
    /// - Throws: ``ResellerError``; ``CounterError/noSuchBatch``.
    func handOver(_ order: EntregaOrder, at moment: FichaMoment) async throws -> (entrega: Entrega, isNew: Bool) {
        try await database.commit { db in
            if let known = try Self.entrega(order.id, in: db) {
                guard known.cashierID == order.cashier.id else { throw ResellerError.noSuchEntrega }
                guard known.resellerID == order.reseller.id, known.batchID == order.batchID, known.count == order.count
                else { throw ResellerError.pageIsSpent }
                return (known, false)
            }
            let batch = try Self.batch(of: order, at: moment, in: db)
            try Self.insert(order, batch, at: moment.wall, in: db)
            let fichas = try Self.take(order, from: batch, in: db)
            try FichaStore.handOver(entregaID: order.id.text, count: order.count, at: moment, in: db)
            guard let entrega = try Self.entrega(order.id, in: db) else { throw ResellerError.noSuchEntrega }
            try Outbox.append(.entrega(entrega.event(fichas)), at: moment.wall, in: db)
            return (entrega, true)
        }
    }

    // MARK: Reading

    /// - Throws: ``ResellerError/noSuchEntrega``, also for one of a router the cashier does not sell at.
    func entrega(_ id: CounterID<Entrega>, for cashier: SiteSnapshot.Cashier) async throws -> Entrega {
        try await database.read { db in
            guard let entrega = try Self.entrega(id, in: db), cashier.routerIDs.contains(entrega.routerID) else {
                throw ResellerError.noSuchEntrega
            }
            return entrega
        }
    }

    func fichas(of id: CounterID<Entrega>) async throws -> [EntregaFicha] {
        try await database.read { try Self.fichas(of: id, in: $0) }
    }

    /// The latest of a reseller's, newest first.
    func latest(of resellerID: String, limit: Int) async throws -> [Entrega] {
        try await database.read { db in
            let sql = Self.entregas + " WHERE entrega.reseller_id = ? ORDER BY entrega.rowid DESC LIMIT ?"
            return try Row.fetchAll(db, sql: sql, arguments: [resellerID, limit]).map(Self.entrega)
        }
    }

    /// Who was ever handed fichas of these routers, by their ids, with the name of the last time.
    func resellers(at routerIDs: [String]) async throws -> [String: String] {
        try await database.read { db in
            let routers = databaseQuestionMarks(count: routerIDs.count)
            let sql = """
                SELECT reseller_id, reseller_name, max(rowid) FROM entrega WHERE router_id IN (\(routers))
                GROUP BY reseller_id
                """
            return try Row.fetchAll(db, sql: sql, arguments: StatementArguments(routerIDs)).reduce(into: [:]) {
                $0[$1["reseller_id"]] = $1["reseller_name"]
            }
        }
    }

    /// How many of a batch's fichas resellers have that nobody has used.
    func outCount(of batchID: CounterID<Batch>) async throws -> Int64 {
        try await database.read { db in
            let sql = """
                SELECT count(*) FROM ficha JOIN entrega_ficha ON entrega_ficha.code = ficha.code
                WHERE ficha.batch_id = ? AND ficha.state = 'sold'
                """
            return try Int64.fetchOne(db, sql: sql, arguments: [batchID.text]) ?? 0
        }
    }

    /// The batches of these routers that can be handed over, newest first, with how much of each is left.
    func stock(at routerIDs: [String], limit: Int) async throws -> [(batch: Batch, left: Int64)] {
        try await database.read { db in
            let routers = databaseQuestionMarks(count: routerIDs.count)
            let sql = """
                SELECT batch.*, stock.remaining FROM batch JOIN (
                    SELECT batch_id, count(*) AS remaining FROM ficha WHERE state = 'minted' AND batch_id IS NOT NULL
                    GROUP BY batch_id
                ) AS stock ON stock.batch_id = batch.id
                WHERE batch.router_id IN (\(routers)) AND batch.minted = batch.count
                ORDER BY batch.created_at_ms DESC LIMIT ?
                """
            return try Row.fetchAll(db, sql: sql, arguments: StatementArguments(routerIDs) + [limit]).map {
                (try BatchStore.batch($0), $0["remaining"])
            }
        }
    }

    // MARK: Inside a transaction

    private static let entregas = """
        SELECT entrega.*, batch.product,
            (SELECT ifnull(sum(devolucion.count), 0) FROM devolucion WHERE devolucion.entrega_id = entrega.id) AS returned,
            (SELECT count(*) FROM venta WHERE venta.entrega_id = entrega.id) AS used
        FROM entrega JOIN batch ON batch.id = entrega.batch_id
        """

    static func entrega(_ id: CounterID<Entrega>, in db: Database) throws -> Entrega? {
        try Row.fetchOne(db, sql: entregas + " WHERE entrega.id = ?", arguments: [id.text]).map(entrega)
    }

    private static func entrega(_ row: Row) throws -> Entrega {
        guard let id = CounterID<Entrega>(row["id"]), let batchID = CounterID<Batch>(row["batch_id"]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an entrega is not readable")
        }
        return Entrega(
            id: id,
            resellerID: row["reseller_id"],
            resellerName: row["reseller_name"],
            batchID: batchID,
            routerID: row["router_id"],
            product: try JSONDecoder().decode(PurchasedProduct.self, from: Data((row["product"] as String).utf8)),
            commissionBasisPoints: row["commission_bp"],
            count: row["count"],
            cashierID: row["cashier_id"],
            cashierName: row["cashier_name"],
            at: Timestamp(milliseconds: row["at_ms"]),
            returned: row["returned"],
            used: row["used"]
        )
    }

    /// In the order they were printed.
    static func fichas(of id: CounterID<Entrega>, in db: Database) throws -> [EntregaFicha] {
        let sql = """
            SELECT entrega_ficha.code, entrega_ficha.number, entrega_ficha.devolucion_id IS NULL AND ficha.state = 'sold' AS is_out
            FROM entrega_ficha JOIN ficha ON ficha.code = entrega_ficha.code
            WHERE entrega_ficha.entrega_id = ? ORDER BY entrega_ficha.number
            """
        return try Row.fetchAll(db, sql: sql, arguments: [id.text]).compactMap { row in
            FichaCode(digits: row["code"]).map { EntregaFicha(code: $0, number: row["number"], isOut: row["is_out"]) }
        }
    }

    private static func batch(of order: EntregaOrder, at moment: FichaMoment, in db: Database) throws -> Batch {
        guard let batch = try BatchStore.batch(order.batchID, in: db),
            order.cashier.routerIDs.contains(batch.routerID), order.reseller.takesFichas(at: batch.routerID)
        else { throw CounterError.noSuchBatch }
        guard batch.isComplete else { throw ResellerError.batchIsNotReady }
        if let sellBy = batch.sellBy, moment.time >= sellBy { throw ResellerError.batchIsOver }
        guard order.count >= 1 else { throw ResellerError.noCount }
        return batch
    }

    private static func insert(
        _ order: EntregaOrder,
        _ batch: Batch,
        at time: Timestamp,
        in db: Database
    ) throws {
        // More than a batch can hold is more than is left; the table would say so less kindly.
        guard order.count <= batch.count else { throw ResellerError.tooFewLeft(try left(of: batch, in: db)) }
        try db.execute(
            sql: """
                INSERT INTO entrega (id, reseller_id, reseller_name, batch_id, router_id, product_id, price_cents, currency,
                    commission_bp, count, cashier_id, cashier_name, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                order.id.text, order.reseller.id, order.reseller.name, batch.id.text, batch.routerID, batch.product.id,
                batch.product.price.cents, batch.product.price.currency, order.reseller.commissionBasisPoints,
                order.count, order.cashier.id, order.cashier.name, time.milliseconds,
            ]
        )
    }

    /// Binds the next fichas to the entrega. One statement for all of them: sales at the counter wait for it.
    private static func take(_ order: EntregaOrder, from batch: Batch, in db: Database) throws -> [EntregaFicha] {
        try db.execute(
            sql: """
                INSERT INTO entrega_ficha (code, entrega_id, number)
                SELECT code, ?, number FROM (
                    SELECT code, state, row_number() OVER (ORDER BY rowid) AS number FROM ficha WHERE batch_id = ?
                ) WHERE state = 'minted' ORDER BY number LIMIT ?
                """,
            arguments: [order.id.text, batch.id.text, order.count]
        )
        guard db.changesCount == order.count else { throw ResellerError.tooFewLeft(Int64(db.changesCount)) }
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT code, number FROM entrega_ficha WHERE entrega_id = ? ORDER BY number",
            arguments: [order.id.text]
        )
        return rows.compactMap { row in
            FichaCode(digits: row["code"]).map { EntregaFicha(code: $0, number: row["number"], isOut: true) }
        }
    }

    private static func left(of batch: Batch, in db: Database) throws -> Int64 {
        let sql = "SELECT count(*) FROM ficha WHERE batch_id = ? AND state = 'minted'"
        return try Int64.fetchOne(db, sql: sql, arguments: [batch.id.text]) ?? 0
    }
}

extension Entrega {
    fileprivate func event(_ fichas: [EntregaFicha]) -> EntregaEvent.Entrega {
        EntregaEvent.Entrega(
            id: id.text,
            resellerID: resellerID,
            resellerName: resellerName,
            cashierID: cashierID,
            batchID: batchID.text,
            fichas: consigned(fichas),
            priceCents: product.price.cents,
            currency: product.price.currency,
            commissionBasisPoints: commissionBasisPoints,
            commissionCents: commissionCents,
            firstNumber: fichas.first?.number ?? 0,
            lastNumber: fichas.last?.number ?? 0
        )
    }

    func consigned(_ fichas: [EntregaFicha]) -> ConsignedFichas {
        ConsignedFichas(
            codes: fichas.map(\.code.digits),
            routerID: routerID,
            productID: product.id,
            productName: product.name,
            durationSeconds: product.durationSeconds
        )
    }
}
