import Foundation
import GRDB
import Shared
import Store
import TestSupport

/// Writes fichas into a box's database while its program does not run: rows as `FichaRecord` makes them. Said again here,
/// because a program's insides cannot be used by another in a release build.
struct FichaRows {
    /// How many the box has from before, small and large: what it does now must not depend on it.
    static let pasts = [1_000, 100_000]

    enum Kind: String {
        /// Sold, used and over long ago.
        case ended = "expired"
        /// Printed, and not sold.
        case stock = "minted"
        /// Sold, and not on its router yet.
        case sold
    }

    private static let sql = """
        INSERT INTO ficha (code, comment, router_id, product_id, product_name, price_cents, currency, mikrotik_profile,
            clock, duration_seconds, batch_id, state, router_state, minted_at_ms, sold_at_ms, first_used_at_ms,
            expires_at_ms, is_time_synced, ended_at_ms)
        VALUES (?, ?, 'r1', 1, '1 hora', 1000, 'MXN', '1h', ?, 3600, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private let path: String
    private var generator: SplitMix64
    private var drawn: Set<String> = []

    init(_ site: BenchSite, seed: UInt64 = 1) {
        path = site.folder.path("box.sqlite")
        generator = SplitMix64(seed: seed)
    }

    /// What a shop has sold and printed before: nine in ten are over, the others wait in a drawer.
    mutating func addPast(_ count: Int) async throws {
        try await add(count * 9 / 10, .ended)
        try await add(count / 10, .stock)
    }

    /// - Parameter clock: `corrido` or `pausado`.
    /// - Returns: The codes.
    @discardableResult
    mutating func add(_ count: Int, _ kind: Kind, clock: String = "corrido") async throws -> [String] {
        var made: [(code: String, comment: String)] = []
        while made.count < count {
            let code = FichaCode(using: &generator).digits
            guard drawn.insert(code).inserted else { continue }
            made.append((code, RouterComment(using: &generator).text))
        }
        let rows = made
        let now = Int64(Date.now.timeIntervalSince1970 * 1_000)
        let long = now - 30 * 86_400_000
        try await change { db in
            for (code, comment) in rows {
                let isEnded = kind == .ended
                try db.executeCached(
                    sql: Self.sql,
                    arguments: [
                        code, comment, clock, kind == .stock ? "lot_antes" : nil, kind.rawValue,
                        kind == .sold ? "to_put" : "none", long, kind == .stock ? nil : long, isEnded ? long : nil,
                        isEnded ? long + 3_600_000 : nil, isEnded ? 1 : nil, isEnded ? long + 3_600_000 : nil,
                    ]
                )
            }
        }
        return rows.map(\.code)
    }

    /// Has every sold ficha in use since two hours ago, and so over for one.
    func useUpSold() async throws {
        let begin = Int64(Date.now.timeIntervalSince1970 * 1_000) - 7_200_000
        try await change { db in
            try db.execute(
                sql: """
                    UPDATE ficha SET state = 'active', is_time_synced = 1, first_used_at_ms = ?1,
                        expires_at_ms = ?1 + 3600000 WHERE state = 'sold'
                    """,
                arguments: [begin]
            )
        }
    }

    /// Has no ficha alive but stock: what was sold is over and off its router.
    func endSold() async throws {
        try await change { db in
            try db.execute(
                sql: """
                    UPDATE ficha SET state = 'voided', router_state = 'none', ended_at_ms = minted_at_ms
                    WHERE state IN ('sold', 'active')
                    """
            )
        }
    }

    /// Orders stock, as a cashier does, for the program to mint when it starts.
    mutating func order(_ count: Int) async throws -> String {
        let id = "lot_" + PurchaseID(using: &generator).text.dropFirst("pur_".count)
        let product = #"""
            {"id":1,"name":"1 hora","price":{"amount_cents":1000,"currency":"MXN"},"durationSeconds":3600,"clock":"corrido",
             "mikrotikProfile":"1h"}
            """#
        try await change { db in
            try db.execute(
                sql: "INSERT INTO batch VALUES (?, 'r1', ?, ?, 0, NULL, 'usr_ana', 'Ana', 1)",
                arguments: [id, product, count]
            )
        }
        return id
    }

    private func change(_ body: @escaping @Sendable (Database) throws -> Void) async throws {
        let database = try DurableDatabase(path: path, migrations: [])
        try await database.commit(body)
        try database.close()
    }
}
