import GRDB
import Shared
import Store

// What whoever looks after the fichas asks and writes, a few times a minute.
extension FichaStore {
    /// Of one question, so that no minute has more than it can do.
    static let batch = 100

    /// What ends now by the clock: running time that is over, and stock nobody bought in time.
    func due(at moment: FichaMoment) async throws -> [Ficha] {
        try await database.read { db in
            let time = moment.time.milliseconds
            let running = try Self.fichas(.over, [time, Self.batch], db)
            let stock = try Self.fichas(.unsold, [time, Self.batch], db)
            return running + stock
        }
    }

    /// When the next running time is over; nil when none runs.
    func nextEnd() async throws -> Timestamp? {
        try await database.read { try Self.fichas(.nextEnd, [], $0).first?.expiresAt }
    }

    /// What a router has to be told, some of it. Ends go first: they give away time; then what was sold last.
    func routerWork(_ routerID: String, limit: Int) async throws -> [Ficha] {
        try await database.read { try Self.fichas(.routerWork, [routerID, limit], $0) }
    }

    /// All that gets somebody online at a router.
    func live(_ routerID: String) async throws -> [Ficha] {
        try await database.read {
            try Self.fichas(.live, [routerID], $0)
        }
    }

    /// Those in use at a router whose phone is known.
    func inUse(_ routerID: String) async throws -> [Ficha] {
        try await database.read { try Self.fichas(.inUse, [routerID], $0) }
    }

    /// A phone's fichas at a router, as they are to be used: first what runs, then what was bought first.
    func fichas(of phone: MACAddress, routerID: String) async throws -> [Ficha] {
        let phone = phone.description
        return try await database.read { db in
            let its = try Self.fichas(.ofPhone, [phone, routerID], db)
            let bought = try Self.fichas(.ofBuyer, [phone, routerID], db)
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
            for ficha in try Self.fichas(.ofUnsyncedTime, [], db) {
                try Self.change(ficha.code, at: moment, in: db) { $0.clockWasSynced(leap: leap) }
            }
        }
    }

    /// How many are to be put on routers or removed from them. For metrics.
    func routerWorkCount() async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM ficha WHERE router_state IN ('to_put', 'to_remove')") ?? 0
        }
    }

    private static func fichas(
        _ question: FichaQuestion,
        _ arguments: StatementArguments,
        _ db: Database
    ) throws -> [Ficha] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM ficha " + question.rawValue)
        // One that cannot be read keeps none of the others from being looked after.
        return try FichaRecord.fetchAll(statement, arguments: arguments).compactMap { try? $0.ficha() }
    }
}
