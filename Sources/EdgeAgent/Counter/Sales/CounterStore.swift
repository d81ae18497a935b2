import GRDB
import Purchasing
import Shared
import Store

/// The counter's sales on the disk. Each method that writes is one transaction: the money taken, the ficha that works for
/// it, its folio and the news for the centre exist together or not at all.
struct CounterStore: Sendable {
    let database: DurableDatabase

    /// Sells a new ficha, unless the page was posted before: then it is the sale it was.
    ///
    /// - Throws: ``CounterError/noSuchSale`` for another cashier's sale; ``FichaCodeTaken``: draw another code.
    func sell(
        _ order: CounterOrder,
        code: FichaCode,
        comment: RouterComment,
        at moment: FichaMoment
    ) async throws -> (sale: CounterSale, isNew: Bool) {
        try await database.commit { db in
            if let known = try Self.sale(order.id, in: db) {
                guard known.cashierID == order.cashier.id else { throw CounterError.noSuchSale }
                return (known, false)
            }
            var ficha = Ficha.mint(code, comment: comment, product: order.product, routerID: order.routerID, at: moment)
            try ficha.sell(at: moment)
            try FichaStore.add(ficha, at: moment, in: db)
            try Self.insert(order, code: code, at: moment.wall, in: db)
            guard let sale = try Self.sale(order.id, in: db) else { throw CounterError.noSuchSale }
            return (sale, true)
        }
    }

    /// Sells a ficha that was printed before, for the price it was printed with, unless the page was posted before.
    ///
    /// - Throws: ``CounterError``; ``CounterError/pageIsSpent`` when what was posted before was for another ficha: this one is
    ///   not sold, and must not look as if it were.
    func sellPrinted(
        _ id: SaleID,
        code: FichaCode,
        by cashier: SiteSnapshot.Cashier,
        at moment: FichaMoment
    ) async throws -> (sale: CounterSale, isNew: Bool) {
        try await database.commit { db in
            if let known = try Self.sale(id, in: db) {
                guard known.cashierID == cashier.id else { throw CounterError.noSuchSale }
                guard known.ficha.code == code else { throw CounterError.pageIsSpent }
                return (known, false)
            }
            let ficha = try Self.printed(code, for: cashier, at: moment, in: db)
            try FichaStore.change(code, at: moment, in: db) { try $0.sell(at: moment) }
            let order = CounterOrder(id: id, cashier: cashier, routerID: ficha.routerID, product: ficha.product)
            try Self.insert(order, code: code, at: moment.wall, in: db)
            return (try Self.ownSale(id, of: cashier, in: db), true)
        }
    }

    /// A printed ficha that waits to be sold, at a router the cashier sells at.
    ///
    /// - Throws: ``CounterError/noSuchPrinted``, ``CounterError/notForSale``.
    func printed(
        _ code: FichaCode,
        for cashier: SiteSnapshot.Cashier,
        at moment: FichaMoment
    ) async throws -> Ficha {
        try await database.read { try Self.printed(code, for: cashier, at: moment, in: $0) }
    }

    private static func printed(
        _ code: FichaCode,
        for cashier: SiteSnapshot.Cashier,
        at moment: FichaMoment,
        in db: Database
    ) throws -> Ficha {
        guard let ficha = try FichaStore.ficha(code, in: db), ficha.batchID != nil,
            cashier.routerIDs.contains(ficha.routerID)
        else { throw CounterError.noSuchPrinted }
        guard ficha.state == .minted, !ficha.isOver(at: moment) else { throw CounterError.notForSale }
        return ficha
    }

    /// Takes a sale back within its window: the ficha ends, and the money is the buyer's again.
    ///
    /// - Throws: ``CounterError``.
    func void(
        _ id: SaleID,
        of cashier: SiteSnapshot.Cashier,
        reason: String,
        at moment: FichaMoment
    ) async throws -> CounterSale {
        try await database.commit { db in
            let sale = try Self.ownSale(id, of: cashier, in: db)
            if let refusal = sale.refusalToVoid(at: moment.wall) { throw refusal }
            try FichaStore.change(sale.ficha.code, at: moment, in: db) { try $0.void(at: moment) }
            try db.execute(
                sql: "UPDATE counter_sale SET voided_at_ms = ?, void_reason = ? WHERE venta_id = ?",
                arguments: [moment.wall.milliseconds, reason, id.text]
            )
            let price = sale.ficha.product.price
            let void = VoidEvent.VoidedVenta(
                ventaID: id.text,
                cashierID: cashier.id,
                reason: reason,
                amountCents: price.cents,
                currency: price.currency
            )
            try Outbox.append(.void(void), at: moment.wall, in: db)
            return try Self.ownSale(id, of: cashier, in: db)
        }
    }

    /// Notes that a slip is printed once more, unless that was noted before.
    ///
    /// - Parameter number: Which reprint it is, from 1 on.
    /// - Throws: ``CounterError/noSuchSale``, ``CounterError/alreadyVoided``.
    func noteReprint(
        _ number: Int64,
        of id: SaleID,
        by cashier: SiteSnapshot.Cashier
    ) async throws -> (sale: CounterSale, isNew: Bool) {
        try await database.commit { db in
            let sale = try Self.ownSale(id, of: cashier, in: db)
            guard sale.voiding == nil else { throw CounterError.alreadyVoided }
            guard number == sale.reprints + 1 else { return (sale, false) }
            try db.execute(
                sql: "UPDATE counter_sale SET reprints = reprints + 1 WHERE venta_id = ?",
                arguments: [id.text]
            )
            return (try Self.ownSale(id, of: cashier, in: db), true)
        }
    }

    // MARK: Reading

    /// - Throws: ``CounterError/noSuchSale``, also for another cashier's.
    func sale(_ id: SaleID, of cashier: SiteSnapshot.Cashier) async throws -> CounterSale {
        try await database.read { try Self.ownSale(id, of: cashier, in: $0) }
    }

    /// As ``sale(_:of:)``; nil where nobody made a sale of that name.
    func knownSale(_ id: SaleID, of cashier: SiteSnapshot.Cashier) async throws -> CounterSale? {
        try await database.read { db in
            try Self.sale(id, in: db) == nil ? nil : Self.ownSale(id, of: cashier, in: db)
        }
    }

    /// The latest of a cashier's sales, newest first.
    func latest(of cashier: SiteSnapshot.Cashier, limit: Int) async throws -> [CounterSale] {
        try await database.read { db in
            let sql = Self.sales + " WHERE till.cashier_id = ? ORDER BY counter_sale.folio DESC LIMIT ?"
            return try Row.fetchAll(db, sql: sql, arguments: [cashier.id, limit]).map { try Self.sale($0, in: db) }
        }
    }

    /// What a cashier took since then, by currency.
    func taken(by cashier: SiteSnapshot.Cashier, since start: Timestamp) async throws -> [String: TillDay] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT venta.currency, count(*) AS number, sum(venta.amount_cents) AS cents
                    FROM till JOIN counter_sale ON counter_sale.till_id = till.id
                        JOIN venta ON venta.id = counter_sale.venta_id
                    WHERE till.cashier_id = ? AND counter_sale.sold_at_ms >= ? AND counter_sale.voided_at_ms IS NULL
                    GROUP BY venta.currency
                    """,
                arguments: [cashier.id, start.milliseconds]
            )
            return rows.reduce(into: [:]) { $0[$1["currency"]] = TillDay(count: $1["number"], cents: $1["cents"]) }
        }
    }

    // MARK: Inside a transaction

    private static let sales = """
        SELECT counter_sale.*, till.number AS till_number, till.cashier_id, venta.ficha_code,
            EXISTS (SELECT 1 FROM corte WHERE corte.till_id = counter_sale.till_id
                AND corte.currency = venta.currency AND corte.last_folio >= counter_sale.folio) AS is_in_corte
        FROM counter_sale JOIN till ON till.id = counter_sale.till_id JOIN venta ON venta.id = counter_sale.venta_id
        """

    static func ownSale(_ id: SaleID, of cashier: SiteSnapshot.Cashier, in db: Database) throws -> CounterSale {
        guard let sale = try sale(id, in: db), sale.cashierID == cashier.id else { throw CounterError.noSuchSale }
        return sale
    }

    static func sale(_ id: SaleID, in db: Database) throws -> CounterSale? {
        let statement = try db.cachedStatement(sql: sales + " WHERE counter_sale.venta_id = ?")
        return try Row.fetchOne(statement, arguments: [id.text]).map { try sale($0, in: db) }
    }

    private static func sale(_ row: Row, in db: Database) throws -> CounterSale {
        guard let id = SaleID(row["venta_id"]), let code = FichaCode(digits: row["ficha_code"]),
            let ficha = try FichaStore.ficha(code, in: db)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a sale of the counter is not readable") }
        let voiding = (row["voided_at_ms"] as Int64?).map { time in
            CounterSale.Voiding(at: Timestamp(milliseconds: time), reason: row["void_reason"] ?? "")
        }
        return CounterSale(
            id: id,
            tillID: row["till_id"],
            tillNumber: row["till_number"],
            folio: row["folio"],
            cashierID: row["cashier_id"],
            cashierName: row["cashier_name"],
            soldAt: Timestamp(milliseconds: row["sold_at_ms"]),
            reprints: row["reprints"],
            voiding: voiding,
            isInCorte: row["is_in_corte"],
            ficha: ficha
        )
    }

    private static func insert(_ order: CounterOrder, code: FichaCode, at time: Timestamp, in db: Database) throws {
        let tillID = try tillID(of: order.cashier, in: db)
        let last = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT max(folio) FROM counter_sale WHERE till_id = ?"),
            arguments: [tillID]
        )
        let venta = VentaEvent.Venta(order, code: code, tillID: tillID, folio: (last ?? 0) + 1)
        try db.executeCached(
            sql: """
                INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents,
                    currency, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                venta.id, venta.method, venta.outcome.rawValue, venta.routerID, venta.productID, venta.fichaCode,
                venta.amountCents, venta.refundedCents, venta.currency, time.milliseconds,
            ]
        )
        try db.executeCached(
            sql: """
                INSERT INTO counter_sale (venta_id, till_id, folio, cashier_name, sold_at_ms) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [venta.id, tillID, venta.folio, order.cashier.name, time.milliseconds]
        )
        try Outbox.append(.venta(venta), at: time, in: db)
    }

    /// The cashier's till; with the first money it takes it comes to be.
    static func tillID(of cashier: SiteSnapshot.Cashier, in db: Database) throws -> String {
        let known = try db.cachedStatement(sql: "SELECT id FROM till WHERE cashier_id = ?")
        if let id = try String.fetchOne(known, arguments: [cashier.id]) { return id }
        var generator = SystemRandomNumberGenerator()
        // Never the number of a till of another box, or of this one before its disk was lost: folios begin anew with it.
        let id = "til_" + PurchaseID(using: &generator).text.dropFirst("pur_".count)
        try db.execute(
            sql: "INSERT INTO till (id, number, cashier_id) SELECT ?, ifnull(max(number), 0) + 1, ? FROM till",
            arguments: [id, cashier.id]
        )
        return id
    }
}

extension VentaEvent.Venta {
    /// For cash there are no refunds: what is taken back is an event of its own.
    fileprivate init(_ order: CounterOrder, code: FichaCode, tillID: String, folio: Int64) {
        self.init(
            id: order.id.text,
            method: "cash",
            outcome: .delivered,
            routerID: order.routerID,
            productID: order.product.id,
            productName: order.product.name,
            durationSeconds: order.product.durationSeconds,
            fichaCode: code.digits,
            amountCents: order.product.price.cents,
            refundedCents: 0,
            currency: order.product.price.currency,
            orderID: nil,
            chargeID: nil,
            tillID: tillID,
            folio: folio,
            cashierID: order.cashier.id
        )
    }
}
