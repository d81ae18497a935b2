import GRDB
import Shared
import Store

/// Resellers' accounts, as they follow from what is on the disk.
struct ResellerAccountStore: Sendable {
    let database: DurableDatabase

    /// One for each currency they were ever handed fichas in.
    func accounts(of resellerID: String) async throws -> [ResellerAccount] {
        try await database.read { db in
            let currencies = try String.fetchAll(
                db,
                sql: "SELECT DISTINCT currency FROM entrega WHERE reseller_id = ? ORDER BY currency",
                arguments: [resellerID]
            )
            return try currencies.compactMap { try Self.account(of: resellerID, currency: $0, in: db) }
        }
    }

    /// What each reseller owes by their last corte, by currency.
    func balances() async throws -> [String: [String: Int64]] {
        try await database.read { db in
            let sql = "SELECT reseller_id, currency, balance_cents, max(number) FROM reseller_corte GROUP BY 1, 2"
            return try Row.fetchAll(db, sql: sql).reduce(into: [:]) { balances, row in
                balances[row["reseller_id"], default: [:]][row["currency"]] = row["balance_cents"]
            }
        }
    }

    // MARK: Inside a transaction

    /// Nil for somebody who never took anything in this currency.
    static func account(of resellerID: String, currency: String, in db: Database) throws -> ResellerAccount? {
        let lines = try Row.fetchAll(db, sql: lines, arguments: [resellerID, currency]).map { row in
            ResellerLine(
                product: ResellerLine.Product(
                    id: row["product_id"],
                    name: row["product_name"],
                    price: Money(cents: row["price_cents"], currency: currency)
                ),
                commissionBasisPoints: row["commission_bp"],
                delivered: row["delivered"],
                returned: row["returned"],
                used: row["used"],
                settled: row["settled"]
            )
        }
        guard !lines.isEmpty else { return nil }
        let movements = try Int64.fetchOne(
            db,
            sql: """
                SELECT count(DISTINCT entrega.id) + count(devolucion.id)
                FROM entrega LEFT JOIN devolucion ON devolucion.entrega_id = entrega.id
                WHERE entrega.reseller_id = ? AND entrega.currency = ?
                """,
            arguments: [resellerID, currency]
        )
        let last = try Row.fetchOne(
            db,
            sql: """
                SELECT number, balance_cents FROM reseller_corte WHERE reseller_id = ? AND currency = ?
                ORDER BY number DESC LIMIT 1
                """,
            arguments: [resellerID, currency]
        )
        return ResellerAccount(
            resellerID: resellerID,
            currency: currency,
            lines: lines,
            movements: movements ?? 0,
            corteNumber: (last?["number"] ?? 0) + 1,
            balanceCents: last?["balance_cents"] ?? 0
        )
    }

    /// Always in the same order: what is counted is told by its place.
    private static let lines = """
        WITH mine AS (
            SELECT entrega.rowid AS place, entrega.id, product_id, price_cents, commission_bp, entrega.count,
                json_extract(batch.product, '$.name') AS product_name,
                (SELECT ifnull(sum(count), 0) FROM devolucion WHERE entrega_id = entrega.id) AS returned,
                (SELECT count(*) FROM venta WHERE venta.entrega_id = entrega.id) AS used
            FROM entrega JOIN batch ON batch.id = entrega.batch_id
            WHERE reseller_id = ?1 AND currency = ?2
        ), settled AS (
            SELECT product_id, price_cents, commission_bp, sum(new_sold) AS sold
            FROM reseller_corte_line AS line JOIN reseller_corte AS corte ON corte.id = line.corte_id
            WHERE corte.reseller_id = ?1 AND corte.currency = ?2 GROUP BY 1, 2, 3
        )
        SELECT mine.product_id, mine.price_cents, mine.commission_bp, max(mine.place), mine.product_name,
            sum(mine.count) AS delivered, sum(mine.returned) AS returned, sum(mine.used) AS used,
            ifnull((
                SELECT sold FROM settled WHERE settled.product_id = mine.product_id
                    AND settled.price_cents = mine.price_cents AND settled.commission_bp = mine.commission_bp
            ), 0) AS settled
        FROM mine GROUP BY mine.product_id, mine.price_cents, mine.commission_bp
        ORDER BY mine.product_id, mine.price_cents, mine.commission_bp
        """
}
