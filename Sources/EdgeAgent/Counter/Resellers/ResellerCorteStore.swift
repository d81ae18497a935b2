import GRDB
import Shared
import Store

/// The cortes of resellers on the disk.
struct ResellerCorteStore: Sendable {
    let database: DurableDatabase

    /// Settles an account with what was counted and paid, unless the page was posted before.
    ///
    /// The abono goes into the cashier's till, in the same transaction.
    ///
    /// - Throws: ``ResellerError``.
    func settle(
        _ id: CounterID<ResellerCorte>,
        _ count: ResellerCount,
        by cashier: SiteSnapshot.Cashier,
        at time: Timestamp
    ) async throws -> (corte: ResellerCorte, isNew: Bool) {
        try await database.commit { db in
            if let known = try Self.corte(id, in: db) {
                guard known.figures.cashierID == cashier.id else { throw ResellerError.noSuchCorte }
                guard count.isSame(as: known.figures) else { throw ResellerError.pageIsSpent }
                return (known, false)
            }
            let account = try ResellerAccountStore.account(of: count.resellerID, currency: count.currency, in: db)
            guard let account else { throw ResellerError.noSuchReseller }
            guard account.corteNumber == count.number, account.movements == count.movements else {
                throw ResellerError.accountChanged
            }
            let lines = try account.settled(inHand: count.inHand)
            let tillID = count.abonoCents > 0 ? try CounterStore.tillID(of: cashier, in: db) : nil
            let figures = ResellerCorteEvent.Corte(
                id: id.text,
                resellerID: count.resellerID,
                resellerName: count.resellerName,
                currency: count.currency,
                number: account.corteNumber,
                cashierID: cashier.id,
                tillID: tillID,
                previousBalanceCents: account.balanceCents,
                owedCents: lines.reduce(0) { $0 + $1.owedCents },
                abonoCents: count.abonoCents,
                lines: lines
            )
            try Self.insert(figures, cashierName: cashier.name, at: time, in: db)
            guard let corte = try Self.corte(id, in: db) else { throw ResellerError.noSuchCorte }
            try Outbox.append(.resellerCorte(corte.figures), at: time, in: db)
            return (corte, true)
        }
    }

    /// - Throws: ``ResellerError/noSuchCorte``.
    func corte(_ id: CounterID<ResellerCorte>) async throws -> ResellerCorte {
        try await database.read { db in
            guard let corte = try Self.corte(id, in: db) else { throw ResellerError.noSuchCorte }
            return corte
        }
    }

    /// The latest of a reseller's, newest first.
    func latest(of resellerID: String, limit: Int) async throws -> [ResellerCorte] {
        try await database.read { db in
            let sql = "SELECT * FROM reseller_corte WHERE reseller_id = ? ORDER BY rowid DESC LIMIT ?"
            return try Row.fetchAll(db, sql: sql, arguments: [resellerID, limit]).map { try Self.corte($0, in: db) }
        }
    }

    // MARK: Inside a transaction

    private static func corte(_ id: CounterID<ResellerCorte>, in db: Database) throws -> ResellerCorte? {
        try Row.fetchOne(db, sql: "SELECT * FROM reseller_corte WHERE id = ?", arguments: [id.text])
            .map { try corte($0, in: db) }
    }

    private static func corte(_ row: Row, in db: Database) throws -> ResellerCorte {
        guard let id = CounterID<ResellerCorte>(row["id"]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a corte is not readable")
        }
        let lines = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM reseller_corte_line WHERE corte_id = ? ORDER BY product_id, price_cents, commission_bp
                """,
            arguments: [id.text]
        )
        let figures = ResellerCorteEvent.Corte(
            id: id.text,
            resellerID: row["reseller_id"],
            resellerName: row["reseller_name"],
            currency: row["currency"],
            number: row["number"],
            cashierID: row["cashier_id"],
            tillID: row["till_id"],
            previousBalanceCents: row["previous_balance_cents"],
            owedCents: row["owed_cents"],
            abonoCents: row["abono_cents"],
            lines: lines.map(line)
        )
        return ResellerCorte(
            id: id,
            cashierName: row["cashier_name"],
            at: Timestamp(milliseconds: row["at_ms"]),
            figures: figures
        )
    }

    private static func line(_ row: Row) -> ResellerCorteEvent.Line {
        let (priceCents, basisPoints): (Int64, Int64) = (row["price_cents"], row["commission_bp"])
        let commissionCents = Commission.cents(ofPrice: priceCents, basisPoints: basisPoints)
        let newSold: Int64 = row["new_sold"]
        return ResellerCorteEvent.Line(
            productID: row["product_id"],
            productName: row["product_name"],
            priceCents: priceCents,
            commissionBasisPoints: basisPoints,
            commissionCents: commissionCents,
            delivered: row["delivered"],
            returned: row["returned"],
            used: row["used"],
            inHand: row["in_hand"],
            sold: row["sold"],
            newSold: newSold,
            owedCents: newSold * (priceCents - commissionCents)
        )
    }

    private static func insert(
        _ figures: ResellerCorteEvent.Corte,
        cashierName: String,
        at time: Timestamp,
        in db: Database
    ) throws {
        let abonoNumber = try figures.tillID.map { tillID in
            let sql = "SELECT ifnull(max(abono_number), 0) + 1 FROM reseller_corte WHERE till_id = ?"
            return try Int64.fetchOne(db, sql: sql, arguments: [tillID]) ?? 1
        }
        try db.execute(
            sql: """
                INSERT INTO reseller_corte (id, reseller_id, reseller_name, currency, number, cashier_id, cashier_name, till_id,
                    abono_number, previous_balance_cents, owed_cents, abono_cents, balance_cents, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                figures.id, figures.resellerID, figures.resellerName, figures.currency, figures.number,
                figures.cashierID, cashierName, figures.tillID, abonoNumber, figures.previousBalanceCents,
                figures.owedCents, figures.abonoCents, figures.balanceCents, time.milliseconds,
            ]
        )
        for line in figures.lines {
            try db.execute(
                sql: """
                    INSERT INTO reseller_corte_line (corte_id, product_id, price_cents, commission_bp, product_name, delivered,
                        returned, used, in_hand, sold, new_sold)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    figures.id, line.productID, line.priceCents, line.commissionBasisPoints, line.productName,
                    line.delivered, line.returned, line.used, line.inHand, line.sold, line.newSold,
                ]
            )
        }
    }
}

extension ResellerCount {
    /// Whether a page that is sent again says what it said.
    fileprivate func isSame(as figures: ResellerCorteEvent.Corte) -> Bool {
        resellerID == figures.resellerID && currency == figures.currency && abonoCents == figures.abonoCents
            && inHand == figures.lines.map(\.inHand)
    }
}
