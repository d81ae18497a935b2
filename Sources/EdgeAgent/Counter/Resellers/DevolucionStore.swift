import GRDB
import Purchasing
import Shared
import Store

/// The devoluciones on the disk: fichas that come back end, and are owed no more, in one transaction with the news.
struct DevolucionStore: Sendable {
    let database: DurableDatabase

    /// Takes fichas of an entrega back, unless the page was posted before.
    ///
    /// - Throws: ``ResellerError``.
    func takeBack(
        _ id: CounterID<Devolucion>,
        of entregaID: CounterID<Entrega>,
        _ asked: FichasBroughtBack,
        by cashier: SiteSnapshot.Cashier,
        at moment: FichaMoment
    ) async throws -> (devolucion: Devolucion, isNew: Bool) {
        try await database.commit { db in
            if let known = try Self.devolucion(id, in: db) {
                guard known.cashierID == cashier.id else { throw ResellerError.noSuchDevolucion }
                guard known.entrega.id == entregaID, try Self.isSame(known, asked, in: db) else {
                    throw ResellerError.pageIsSpent
                }
                return (known, false)
            }
            guard let entrega = try EntregaStore.entrega(entregaID, in: db),
                cashier.routerIDs.contains(entrega.routerID)
            else { throw ResellerError.noSuchEntrega }
            let chosen = try asked.chosen(from: try EntregaStore.fichas(of: entregaID, in: db))
            try Self.check(Int64(chosen.count), of: entrega, in: db)
            try Self.insert(id, chosen, of: entrega, by: cashier, at: moment.wall, in: db)
            try FichaStore.endBroughtBack(
                devolucionID: id.text,
                entregaID: entregaID.text,
                count: Int64(chosen.count),
                at: moment,
                in: db
            )
            let event = DevolucionEvent.Devolucion(
                id: id.text,
                entregaID: entregaID.text,
                resellerID: entrega.resellerID,
                cashierID: cashier.id,
                fichas: entrega.consigned(chosen)
            )
            try Outbox.append(.devolucion(event), at: moment.wall, in: db)
            guard let devolucion = try Self.devolucion(id, in: db) else { throw ResellerError.noSuchDevolucion }
            return (devolucion, true)
        }
    }

    /// - Throws: ``ResellerError/noSuchDevolucion``, also for one of a router the cashier does not sell at.
    func devolucion(_ id: CounterID<Devolucion>, for cashier: SiteSnapshot.Cashier) async throws -> Devolucion {
        try await database.read { db in
            guard let devolucion = try Self.devolucion(id, in: db),
                cashier.routerIDs.contains(devolucion.entrega.routerID)
            else { throw ResellerError.noSuchDevolucion }
            return devolucion
        }
    }

    // MARK: Inside a transaction

    private static func devolucion(_ id: CounterID<Devolucion>, in db: Database) throws -> Devolucion? {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM devolucion WHERE id = ?", arguments: [id.text])
        guard let row else { return nil }
        guard let entregaID = CounterID<Entrega>(row["entrega_id"]),
            let entrega = try EntregaStore.entrega(entregaID, in: db)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a devolucion is not readable") }
        let numbers = try Int64.fetchAll(
            db,
            sql: "SELECT number FROM entrega_ficha WHERE entrega_id = ? AND devolucion_id = ?",
            arguments: [entregaID.text, id.text]
        )
        return Devolucion(
            id: id,
            entrega: entrega,
            numbers: FichaNumbers(numbers),
            cashierID: row["cashier_id"],
            cashierName: row["cashier_name"],
            at: Timestamp(milliseconds: row["at_ms"])
        )
    }

    /// Whether a page that is sent again asks for what it did.
    private static func isSame(_ known: Devolucion, _ asked: FichasBroughtBack, in db: Database) throws -> Bool {
        let fichas = try EntregaStore.fichas(of: known.entrega.id, in: db)
        let meant = fichas.filter { asked.numbers?.contains($0.number) == true || asked.codes.contains($0.code) }
        return meant.map(\.number) == known.numbers.numbers
    }

    /// What was settled as sold does not come back.
    private static func check(_ count: Int64, of entrega: Entrega, in db: Database) throws {
        let account = try ResellerAccountStore.account(
            of: entrega.resellerID,
            currency: entrega.product.price.currency,
            in: db
        )
        let line = account?.lines.first { line in
            line.product.id == entrega.product.id && line.product.price.cents == entrega.product.price.cents
                && line.commissionBasisPoints == entrega.commissionBasisPoints
        }
        guard let line else { throw ResellerError.noSuchEntrega }
        guard count <= line.maximumInHand else { throw ResellerError.settledBefore(line.maximumInHand) }
    }

    private static func insert(
        _ id: CounterID<Devolucion>,
        _ fichas: [EntregaFicha],
        of entrega: Entrega,
        by cashier: SiteSnapshot.Cashier,
        at time: Timestamp,
        in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO devolucion (id, entrega_id, count, cashier_id, cashier_name, at_ms) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [id.text, entrega.id.text, fichas.count, cashier.id, cashier.name, time.milliseconds]
        )
        for ficha in fichas {
            try db.executeCached(
                sql: "UPDATE entrega_ficha SET devolucion_id = ? WHERE code = ?",
                arguments: [id.text, ficha.code.digits]
            )
        }
    }
}
