import GRDB
import Purchasing
import Shared
import Store

/// The fichas on the disk. What writes is one transaction, or part of the caller's: a sale and its ficha are one commit.
struct FichaStore: Sendable {
    let database: DurableDatabase

    /// The ficha with this code.
    func ficha(_ code: FichaCode) async throws -> Ficha? {
        try await database.read { try Self.ficha(code, in: $0) }
    }

    /// Takes a ficha one step further and writes it down with its event.
    ///
    /// - Throws: What the step throws, and nothing is written; ``NoSuchFicha``.
    @discardableResult
    func change(
        _ code: FichaCode,
        at moment: FichaMoment,
        _ step: @escaping @Sendable (inout Ficha) throws -> Void
    ) async throws -> Ficha {
        try await database.commit { try Self.change(code, at: moment, in: $0, step) }
    }

    // MARK: Inside a transaction

    static func ficha(_ code: FichaCode, in db: Database) throws -> Ficha? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM ficha WHERE code = ?")
        return try FichaRecord.fetchOne(statement, arguments: [code.digits])?.ficha()
    }

    /// Writes a ficha that was just minted, and sold in the same breath perhaps, with its event.
    ///
    /// - Throws: ``FichaCodeTaken`` when its code is another ficha's: draw again.
    static func add(_ ficha: Ficha, at moment: FichaMoment, in db: Database) throws {
        try insert(ficha, in: db)
        try report(ficha, from: nil, at: moment, in: db)
    }

    static func insert(_ ficha: Ficha, in db: Database) throws {
        let isTaken = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM ficha WHERE code = ?)"),
            arguments: [ficha.code.digits]
        )
        if isTaken == true { throw FichaCodeTaken() }
        try FichaRecord(ficha).insert(db)
    }

    /// As ``change(_:at:_:)``, in the caller's transaction.
    @discardableResult
    static func change(
        _ code: FichaCode,
        at moment: FichaMoment,
        in db: Database,
        _ step: (inout Ficha) throws -> Void
    ) throws -> Ficha {
        guard let before = try ficha(code, in: db) else { throw NoSuchFicha() }
        var ficha = before
        try step(&ficha)
        guard ficha != before else { return ficha }
        // Only what changed: who waits for work on the routers is not woken by counters.
        try FichaRecord(ficha).updateChanges(db, from: FichaRecord(before))
        if before.firstUsedAt == nil, ficha.firstUsedAt != nil {
            try ResellerSale.book(ficha, at: moment.wall, in: db)
        }
        if ficha.isNews(since: before) { try report(ficha, from: before.state, at: moment, in: db) }
        return ficha
    }

    private static func report(
        _ ficha: Ficha,
        from state: FichaState?,
        at moment: FichaMoment,
        in db: Database
    ) throws {
        // That it was sold is in its venta, whose event goes up in the same transaction.
        guard ficha.state != .sold || state == .sold else { return }
        try Outbox.append(.ficha(ficha.event(from: state, quality: moment.quality)), at: moment.wall, in: db)
    }
}

/// The code drawn belongs to another ficha. Draw again.
struct FichaCodeTaken: Error {}

/// No ficha has this code.
struct NoSuchFicha: Error {}

extension Ficha {
    /// Whether the centre has to know. What the routers count every half minute it does not.
    fileprivate func isNews(since before: Ficha) -> Bool {
        state != before.state || moves != before.moves || extraTime != before.extraTime
            || isTimeSynced != before.isTimeSynced
    }

    fileprivate func event(from: FichaState?, quality: ClockQuality) -> FichaEvent.Ficha {
        FichaEvent.Ficha(
            code: code.digits,
            from: from,
            to: state,
            routerID: routerID,
            productID: product.id,
            productName: product.name,
            priceCents: product.price.cents,
            currency: product.price.currency,
            durationSeconds: totalTime.components.seconds,
            clock: product.clock,
            clockQuality: quality,
            batchID: batchID,
            moves: Int64(moves),
            mintedAt: mintedAt,
            soldAt: soldAt,
            firstUsedAt: firstUsedAt,
            expiresAt: expiresAt,
            endedAt: endedAt
        )
    }
}
