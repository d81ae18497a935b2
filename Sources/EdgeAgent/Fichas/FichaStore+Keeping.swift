import GRDB
import Shared
import Store

// What whoever looks after the fichas asks every minute. Each question has an index over what it is about, so that none
// grows with what was ever sold.
extension FichaStore {
    /// Of one question, so that no minute has more than it can do.
    static let batch = 100

    /// What ends now by the clock: running time that is over, and stock nobody bought in time.
    func due(at moment: FichaMoment) async throws -> [Ficha] {
        try await database.read { db in
            let time = moment.time.milliseconds
            let running = try Self.fichas(
                """
                WHERE state = 'active' AND expires_at_ms IS NOT NULL AND expires_at_ms <= ?
                ORDER BY expires_at_ms LIMIT ?
                """,
                [time, Self.batch],
                db
            )
            let stock = try Self.fichas(
                "WHERE state = 'minted' AND sell_by_ms IS NOT NULL AND sell_by_ms <= ? ORDER BY sell_by_ms LIMIT ?",
                [time, Self.batch],
                db
            )
            return running + stock
        }
    }

    /// When the next running time is over; nil when none runs.
    func nextEnd() async throws -> Timestamp? {
        try await database.read { db in
            try Int64.fetchOne(
                db.cachedStatement(
                    sql: "SELECT min(expires_at_ms) FROM ficha WHERE state = 'active' AND expires_at_ms IS NOT NULL"
                )
            ).map(Timestamp.init(milliseconds:))
        }
    }

    /// What a router has to be told, some of it. Ends go first: they give away time.
    func routerWork(_ routerID: String, limit: Int) async throws -> [Ficha] {
        try await database.read { db in
            try Self.fichas(
                """
                WHERE router_id = ? AND router_state IN ('to_put', 'to_remove')
                ORDER BY router_state DESC LIMIT ?
                """,
                [routerID, limit],
                db
            )
        }
    }

    /// All that gets somebody online at a router.
    func live(_ routerID: String) async throws -> [Ficha] {
        try await database.read {
            try Self.fichas("WHERE router_id = ? AND state IN ('sold', 'active')", [routerID], $0)
        }
    }

    /// Those in use at a router whose phone is known.
    func inUse(_ routerID: String) async throws -> [Ficha] {
        try await database.read { db in
            try Self.fichas("WHERE router_id = ? AND mac_address IS NOT NULL AND state = 'active'", [routerID], db)
        }
    }

    /// A phone's fichas at a router, as they are to be used: first what runs, then what was bought first.
    func fichas(of phone: MACAddress, routerID: String) async throws -> [Ficha] {
        let phone = phone.description
        return try await database.read { db in
            let its = try Self.fichas(
                "WHERE mac_address = ? AND router_id = ? AND state IN ('sold', 'active')",
                [phone, routerID],
                db
            )
            let bought = try Self.fichas(
                """
                WHERE buyer_mac_address = ? AND router_id = ? AND state IN ('sold', 'active') AND mac_address IS NULL
                """,
                [phone, routerID],
                db
            )
            return (its + bought).sorted { left, right in
                if (left.state == .active) != (right.state == .active) { return left.state == .active }
                return (left.soldAt ?? left.mintedAt) < (right.soldAt ?? right.mintedAt)
            }
        }
    }

    /// Fichas by their codes, those that are there.
    func fichas(_ codes: [FichaCode]) async throws -> [FichaCode: Ficha] {
        guard !codes.isEmpty else { return [:] }
        return try await database.read { db in
            try codes.reduce(into: [:]) { $0[$1] = try Self.ficha($1, in: db) }
        }
    }

    /// Takes steps with several fichas in one commit. A ficha for which the step throws, or which is gone, is left out.
    func change(
        _ codes: [FichaCode],
        at moment: FichaMoment,
        _ step: @escaping @Sendable (inout Ficha) throws -> Void
    ) async throws {
        guard !codes.isEmpty else { return }
        try await database.commit { db in
            for code in codes {
                do {
                    try Self.change(code, at: moment, in: db, step)
                } catch is FichaError {
                    continue
                } catch is NoSuchFicha {
                    continue
                }
            }
        }
    }

    /// Writes the time down, and moves along what was taken on a clock that was not confirmed yet.
    func save(_ mark: ClockMark, leap: Duration, at moment: FichaMoment) async throws {
        try await database.commit { db in
            try ClockMarkStore.save(mark, in: db)
            guard mark.isSynced else { return }
            let codes = try String.fetchAll(
                db.cachedStatement(sql: "SELECT code FROM ficha WHERE is_time_synced = 0 AND state = 'active'")
            )
            for code in codes.compactMap(FichaCode.init(digits:)) {
                try Self.change(code, at: moment, in: db) { $0.clockWasSynced(leap: leap) }
            }
        }
    }

    private static func fichas(_ condition: String, _ arguments: StatementArguments, _ db: Database) throws -> [Ficha] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM ficha " + condition)
        // One that cannot be read keeps none of the others from being looked after.
        return try FichaRecord.fetchAll(statement, arguments: arguments).compactMap { try? $0.ficha() }
    }
}
