import GRDB
import Shared
import Store

/// The cortes on the disk.
struct CorteStore: Sendable {
    let database: DurableDatabase

    /// What each currency's corte would close now; empty when the cashier never took money.
    func open(of cashier: SiteSnapshot.Cashier) async throws -> [TillPeriod] {
        try await database.read { db in
            let currencies = try String.fetchAll(
                db,
                sql: """
                    SELECT venta.currency AS currency FROM till JOIN counter_sale ON counter_sale.till_id = till.id
                        JOIN venta ON venta.id = counter_sale.venta_id
                    WHERE till.cashier_id = ?1
                    UNION SELECT reseller_corte.currency FROM till JOIN reseller_corte ON reseller_corte.till_id = till.id
                    WHERE till.cashier_id = ?1 ORDER BY currency
                    """,
                arguments: [cashier.id]
            )
            return try currencies.compactMap { try Self.period(of: cashier, currency: $0, in: db) }
        }
    }

    /// Closes what is open, with what the cashier counted, unless the page was posted before.
    ///
    /// - Parameter number: Of the corte, as the page had it: a second page must not close the next period at once.
    /// - Throws: ``CounterError/noSuchCorte``, ``CounterError/corteIsDone``.
    func close(
        _ id: CounterID<Corte>,
        number: Int64,
        currency: String,
        countedCents: Int64,
        by cashier: SiteSnapshot.Cashier,
        at time: Timestamp
    ) async throws -> Corte {
        try await database.commit { db in
            if let known = try Self.corte(id, in: db) {
                guard known.figures.cashierID == cashier.id else { throw CounterError.noSuchCorte }
                return known
            }
            guard let period = try Self.period(of: cashier, currency: currency, in: db) else {
                throw CounterError.noSuchCorte
            }
            guard period.number == number else { throw CounterError.corteIsDone }
            try Self.insert(id, period, countedCents: countedCents, by: cashier, at: time, in: db)
            guard let corte = try Self.corte(id, in: db) else { throw CounterError.noSuchCorte }
            try Outbox.append(.corte(corte.figures), at: time, in: db)
            return corte
        }
    }

    /// - Throws: ``CounterError/noSuchCorte``, also for another cashier's.
    func corte(_ id: CounterID<Corte>, of cashier: SiteSnapshot.Cashier) async throws -> Corte {
        try await database.read { db in
            guard let corte = try Self.corte(id, in: db), corte.figures.cashierID == cashier.id else {
                throw CounterError.noSuchCorte
            }
            return corte
        }
    }

    /// The latest of a cashier's, newest first.
    func latest(of cashier: SiteSnapshot.Cashier, limit: Int) async throws -> [Corte] {
        try await database.read { db in
            let sql = Self.cortes + " WHERE till.cashier_id = ? ORDER BY corte.rowid DESC LIMIT ?"
            return try Row.fetchAll(db, sql: sql, arguments: [cashier.id, limit]).map(Self.corte)
        }
    }

    // MARK: Inside a transaction

    private static let cortes = """
        SELECT corte.*, till.number AS till_number, till.cashier_id FROM corte JOIN till ON till.id = corte.till_id
        """

    private static func corte(_ id: CounterID<Corte>, in db: Database) throws -> Corte? {
        try Row.fetchOne(db, sql: cortes + " WHERE corte.id = ?", arguments: [id.text]).map(corte)
    }

    private static func corte(_ row: Row) throws -> Corte {
        guard let id = CounterID<Corte>(row["id"]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a corte is not readable")
        }
        let abonoCount: Int64 = row["abono_count"]
        let figures = CorteEvent.Corte(
            id: id.text,
            tillID: row["till_id"],
            number: row["number"],
            cashierID: row["cashier_id"],
            currency: row["currency"],
            firstFolio: row["previous_folio"] + 1,
            lastFolio: row["last_folio"],
            saleCount: row["sale_count"],
            soldCents: row["sold_cents"],
            voidCount: row["void_count"],
            voidedCents: row["voided_cents"],
            countedCents: row["counted_cents"],
            abonoCount: abonoCount > 0 ? abonoCount : nil,
            abonoCents: abonoCount > 0 ? row["abono_cents"] : nil
        )
        return Corte(
            id: id,
            tillNumber: row["till_number"],
            cashierName: row["cashier_name"],
            at: Timestamp(milliseconds: row["at_ms"]),
            figures: figures
        )
    }

    private static func period(
        of cashier: SiteSnapshot.Cashier,
        currency: String,
        in db: Database
    ) throws -> TillPeriod? {
        let last = try Row.fetchOne(
            db,
            sql: """
                SELECT till.id, ifnull(max(corte.number), 0) AS number, ifnull(max(corte.last_folio), 0) AS last_folio,
                    ifnull(max(corte.last_abono), 0) AS last_abono
                FROM till LEFT JOIN corte ON corte.till_id = till.id AND corte.currency = ?
                WHERE till.cashier_id = ? GROUP BY till.id
                """,
            arguments: [currency, cashier.id]
        )
        guard let last else { return nil }
        let (tillID, previousFolio): (String, Int64) = (last["id"], last["last_folio"])
        let sums = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) AS sale_count, ifnull(sum(amount_cents), 0) AS sold, count(voided_at_ms) AS void_count,
                    ifnull(sum(amount_cents) FILTER (WHERE voided_at_ms IS NOT NULL), 0) AS voided,
                    ifnull(max(folio), ?2) AS last_folio
                FROM counter_sale JOIN venta ON venta.id = counter_sale.venta_id
                WHERE till_id = ?1 AND folio > ?2 AND currency = ?3
                """,
            arguments: [tillID, previousFolio, currency]
        )
        let abonos = try abonos(of: tillID, after: last["last_abono"], currency: currency, in: db)
        guard let sums, let abonos else { return nil }
        return TillPeriod(
            tillID: tillID,
            currency: currency,
            number: last["number"] + 1,
            previousFolio: previousFolio,
            lastFolio: sums["last_folio"],
            saleCount: sums["sale_count"],
            soldCents: sums["sold"],
            voidCount: sums["void_count"],
            voidedCents: sums["voided"],
            previousAbono: last["last_abono"],
            lastAbono: abonos["last_abono"],
            abonoCount: abonos["abono_count"],
            abonoCents: abonos["abono_cents"]
        )
    }

    /// What resellers paid into a till.
    private static func abonos(
        of tillID: String,
        after previous: Int64,
        currency: String,
        in db: Database
    ) throws -> Row? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) AS abono_count, ifnull(sum(abono_cents), 0) AS abono_cents,
                    ifnull(max(abono_number), ?2) AS last_abono
                FROM reseller_corte WHERE till_id = ?1 AND abono_number > ?2 AND currency = ?3
                """,
            arguments: [tillID, previous, currency]
        )
    }

    private static func insert(
        _ id: CounterID<Corte>,
        _ period: TillPeriod,
        countedCents: Int64,
        by cashier: SiteSnapshot.Cashier,
        at time: Timestamp,
        in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO corte (id, till_id, currency, number, cashier_name, previous_folio, last_folio, sale_count,
                    sold_cents, void_count, voided_cents, counted_cents, at_ms, previous_abono, last_abono, abono_count, abono_cents)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id.text, period.tillID, period.currency, period.number, cashier.name, period.previousFolio,
                period.lastFolio, period.saleCount, period.soldCents, period.voidCount, period.voidedCents,
                countedCents, time.milliseconds, period.previousAbono, period.lastAbono, period.abonoCount,
                period.abonoCents,
            ]
        )
    }
}
