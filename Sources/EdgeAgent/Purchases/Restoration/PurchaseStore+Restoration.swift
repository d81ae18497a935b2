import GRDB
import Purchasing
import Shared

// What a restored box asks and writes about purchases that it does not know, or not how they went on.
extension PurchaseStore {
    /// Those of some purchases that have to be looked into: not here, or here as they were in the backup.
    func unsettled(among ids: [PurchaseID]) async throws -> [PurchaseID] {
        try await database.read { db in
            try ids.filter { try Self.record($0, in: db)?.awaitsRestoration ?? true }
        }
    }

    /// The purchases that await what is found out, oldest first.
    func awaitingRestoration() async throws -> [Purchase] {
        try await database.read { db in
            try PurchaseRecord
                .fetchAll(db, sql: "SELECT * FROM purchase WHERE awaits_restoration = 1 ORDER BY created_at_ms")
                .map { try $0.purchase() }
        }
    }

    /// From now on they are purchases like any other.
    ///
    /// - Returns: Those that were held.
    func releaseHeld() async throws -> [Purchase] {
        let held = try await awaitingRestoration()
        try await database.commit { db in
            try db.execute(sql: "UPDATE purchase SET awaits_restoration = 0 WHERE awaits_restoration = 1")
        }
        return held
    }

    /// The fichas sold since a time that should be on a router, by the comment of their user, and when they were sold.
    func sold(at routerID: String, since time: Timestamp) async throws -> [String: Timestamp] {
        try await database.read { db in
            let sql = """
                SELECT comment, sold_at_ms FROM ficha
                WHERE router_id = ? AND state IN ('sold', 'active') AND sold_at_ms >= ?
                """
            let rows = try Row.fetchAll(db, sql: sql, arguments: [routerID, time.milliseconds])
            return rows.reduce(into: [:]) { $0[$1["comment"]] = Timestamp(milliseconds: $1["sold_at_ms"]) }
        }
    }

    /// Writes down what was found out, with the ficha, the venta and the event for the centre that belong to it. One that
    /// was settled meanwhile is left as it is.
    ///
    /// - Throws: ``CodeOfAnother`` and nothing is written; GRDB's errors.
    func write(_ restored: RestoredPurchase, at time: Timestamp) async throws {
        let fresh = try PurchaseRecord(restored)
        try await database.commit { db in
            let known = try Self.record(restored.purchase.id, in: db)
            guard known?.awaitsRestoration ?? true else { return }
            var record = known ?? fresh
            record.update(from: restored.purchase, isOpen: restored.isOpen)
            record.awaitsRestoration = restored.awaitsRestoration
            try Self.letGo(of: known?.fichaCode, unlessIt: restored.purchase, at: time, in: db)
            if known == nil {
                if try Self.isTaken(record.idempotencyKey, in: db) { record.idempotencyKey = nil }
                try record.insert(db)
            } else {
                try record.update(db)
            }
            guard known?.state != record.state else { return }
            try Self.noteStep(of: restored.purchase, at: time, in: db)
            switch restored.purchase.state {
            case .delivered:
                try Self.takeInFicha(of: restored, buyer: record.macAddress.flatMap(MACAddress.init), in: db)
                try Self.insertVenta(of: restored.purchase, outcome: .delivered, at: restored.soldAt, in: db)
            case .refunded:
                try Self.insertVenta(of: restored.purchase, outcome: .refunded, at: restored.soldAt, in: db)
            default: break
            }
        }
    }

    /// The code the backup kept for a purchase that has another now, or none.
    private static func letGo(
        of code: String?,
        unlessIt purchase: Purchase,
        at time: Timestamp,
        in db: Database
    ) throws {
        guard let code = code.flatMap(FichaCode.init(digits:)) else { return }
        let isKept = purchase.fichaCode == code && purchase.state != .refunded
        if !isKept { try FichaStore.release(code, at: time, in: db) }
    }

    private static func isTaken(_ idempotencyKey: String?, in db: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM purchase WHERE idempotency_key = ?1)
                OR EXISTS (SELECT 1 FROM purchase_alias WHERE idempotency_key = ?1)
            """
        return try Bool.fetchOne(db, sql: sql, arguments: [idempotencyKey]) ?? false
    }

    /// The ficha as if it had just been sold. What the router has counted of it, whoever looks after the fichas sees.
    private static func takeInFicha(
        of restored: RestoredPurchase,
        buyer: MACAddress?,
        in db: Database
    ) throws {
        guard let code = restored.purchase.fichaCode else { return }
        if let known = try FichaStore.ficha(code, in: db) {
            guard known.purchaseID == restored.purchase.id, known.state == .reserved else { throw CodeOfAnother() }
        } else {
            try FichaStore.reserve(code, for: restored.purchase, at: restored.soldAt, in: db)
        }
        try FichaStore.deliver(code, to: buyer, at: restored.soldAt, in: db)
        guard let device = restored.device, var ficha = try FichaStore.ficha(code, in: db) else { return }
        ficha.macAddress = device
        try FichaRecord(ficha).update(db)
    }
}

extension PurchaseRecord {
    /// The row of a purchase that the backup does not hold.
    init(_ restored: RestoredPurchase) throws {
        try self.init(
            restored.purchase,
            idempotencyKey: restored.metadata.requestKey,
            requestDigest: restored.metadata.requestDigest,
            customerName: restored.customerName,
            customerEmail: restored.customerEmail,
            macAddress: nil
        )
    }
}

/// The code of a purchase's user on its router is another ficha's in the database.
struct CodeOfAnother: Error {}
