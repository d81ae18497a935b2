import GRDB
import Purchasing
import Shared
import Store

/// The purchases on the disk. Each method that writes is one transaction, on the disk when it returns, and not cancellable.
struct PurchaseStore: Sendable {
    let database: any PurchaseDisk

    /// What came of a request to buy.
    enum Admission: Sendable, Equatable {
        case new(Purchase)
        /// The same request came before; this is its purchase.
        case known(Purchase)
        /// The same key came before with another request.
        case conflict(PurchaseID)
    }

    /// Writes down a new purchase, unless its key is known, or it joins one of the same phone that is under way.
    ///
    /// - Parameter openSince: How young a purchase under way must be to be joined.
    func admit(_ purchase: Purchase, intent: PurchaseIntent, openSince: Timestamp) async throws -> Admission {
        let record = try PurchaseRecord(purchase, intent: intent)
        return try await database.commit { db in
            if let known = try Self.known(intent.fingerprint, in: db) { return known }
            if intent.joinsOpenPurchase, let macAddress = intent.buyerMACAddress,
                let open = try Self.openPurchase(of: macAddress, routerID: intent.routerID, since: openSince, in: db)
            {
                try Self.remember(intent.fingerprint, as: open.id, in: db)
                return .known(open)
            }
            try record.insert(db)
            try Self.noteStep(of: purchase, at: purchase.createdAt, in: db)
            return .new(purchase)
        }
    }

    /// The purchase of a phone that is being paid or delivered; nil when nothing is.
    ///
    /// One that waits for the buyer's bank is not among them: who does not get through there may pay another way.
    func openPurchase(of macAddress: MACAddress, routerID: String, since: Timestamp) async throws -> Purchase? {
        try await database.read { try Self.openPurchase(of: macAddress, routerID: routerID, since: since, in: $0) }
    }

    private static func openPurchase(
        of macAddress: MACAddress,
        routerID: String,
        since: Timestamp,
        in db: Database
    ) throws -> Purchase? {
        let sql = """
            SELECT * FROM purchase
            WHERE mac_address = ? AND router_id = ? AND created_at_ms >= ? AND redirect_url IS NULL
                AND state IN ('created', 'order_created', 'charging', 'in_doubt', 'paid', 'provisioned')
            ORDER BY created_at_ms DESC LIMIT 1
            """
        let arguments: StatementArguments = [macAddress.description, routerID, since.milliseconds]
        return try PurchaseRecord.fetchOne(db, sql: sql, arguments: arguments)?.purchase()
    }

    /// What a phone bought last; where there is one that was not refused, that one.
    func latestPurchase(of macAddress: MACAddress, routerID: String, since: Timestamp) async throws -> Purchase? {
        let sql = """
            SELECT * FROM purchase WHERE mac_address = ? AND router_id = ? AND created_at_ms >= ?
            ORDER BY state IN ('declined', 'abandoned'), created_at_ms DESC LIMIT 1
            """
        let arguments: StatementArguments = [macAddress.description, routerID, since.milliseconds]
        return try await database.read { db in
            try PurchaseRecord.fetchOne(db, sql: sql, arguments: arguments)?.purchase()
        }
    }

    /// What became of the same key before; nil if it is new or the request has none.
    func known(_ fingerprint: PurchaseFingerprint) async throws -> Admission? {
        try await database.read { try Self.known(fingerprint, in: $0) }
    }

    private static func known(_ fingerprint: PurchaseFingerprint, in db: Database) throws -> Admission? {
        guard let key = fingerprint.idempotencyKey else { return nil }
        if let record = try PurchaseRecord.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM purchase WHERE idempotency_key = ?"),
            arguments: [key]
        ) {
            let purchase = try record.purchase()
            return record.requestDigest == fingerprint.digest.hexadecimal ? .known(purchase) : .conflict(purchase.id)
        }
        let statement = try db.cachedStatement(
            sql: "SELECT request_digest, purchase_id FROM purchase_alias WHERE idempotency_key = ?"
        )
        guard let alias = try Row.fetchOne(statement, arguments: [key]),
            let id = PurchaseID(alias["purchase_id"]), let purchase = try record(id, in: db)?.purchase()
        else { return nil }
        let digest: String = alias["request_digest"]
        return digest == fingerprint.digest.hexadecimal ? .known(purchase) : .conflict(id)
    }

    /// A request that joined another's purchase stays that purchase's for ever: sent again when that one is over, it must
    /// not become one of its own.
    private static func remember(_ fingerprint: PurchaseFingerprint, as id: PurchaseID, in db: Database) throws {
        guard let key = fingerprint.idempotencyKey else { return }
        try db.execute(
            sql: "INSERT INTO purchase_alias (idempotency_key, request_digest, purchase_id) VALUES (?, ?, ?)",
            arguments: [key, fingerprint.digest.hexadecimal, id.text]
        )
    }

    /// Writes down where a purchase stands, with the ficha, the venta and the outbox row that belong to the step.
    ///
    /// - Parameter previousState: The state that whoever drives the purchase wrote last.
    /// - Throws: `FichaCodeTaken` when the code it minted is somebody else's; `PurchaseDrivenElsewhere` when the row is not
    ///   as it was left. Nothing is written then.
    func save(_ purchase: Purchase, after previousState: PurchaseState, isOpen: Bool, at time: Timestamp) async throws {
        try await database.commit { db in
            guard var record = try Self.record(purchase.id, in: db), record.isOpen,
                record.state == previousState.rawValue
            else { throw PurchaseDrivenElsewhere() }
            let previousState = record.state
            try Self.mintFicha(of: purchase, previousCode: record.fichaCode, at: time, in: db)
            record.update(from: purchase, isOpen: isOpen)
            try record.update(db)
            guard previousState != record.state else { return }
            try Self.noteStep(of: purchase, at: time, in: db)
            let buyer = record.macAddress.flatMap(MACAddress.init)
            try Self.settle(purchase, buyer: buyer, at: time, in: db)
        }
    }

    /// The purchases that are not over, oldest first, but for those that await what a restored box finds out. One that cannot be read keeps none of the others from being driven.
    func openPurchases() async throws -> (readable: [Purchase], unreadable: Int) {
        try await database.read { db in
            let sql = "SELECT * FROM purchase WHERE is_open = 1 AND awaits_restoration = 0 ORDER BY created_at_ms"
            let rows = try Row.fetchCursor(db, sql: sql)
            var (readable, unreadable): ([Purchase], Int) = ([], 0)
            while let row = try rows.next() {
                do {
                    readable.append(try PurchaseRecord(row: row).purchase())
                } catch {
                    unreadable += 1
                }
            }
            return (readable, unreadable)
        }
    }

    func purchase(_ id: PurchaseID) async throws -> Purchase? {
        try await database.read { db in
            try Self.record(id, in: db)?.purchase()
        }
    }

    /// How many purchases stand in each state that is not an ordinary end. For health and metrics.
    func openCounts() async throws -> [PurchaseState: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT state, count(*) AS number FROM purchase WHERE is_open = 1 GROUP BY state"
            )
            return rows.reduce(into: [:]) { counts, row in
                guard let state = PurchaseState(rawValue: row["state"]) else { return }
                counts[state] = row["number"]
            }
        }
    }

    // MARK: Inside a transaction

    static func record(_ id: PurchaseID, in db: Database) throws -> PurchaseRecord? {
        try PurchaseRecord.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM purchase WHERE id = ?"),
            arguments: [id.text]
        )
    }

    static func noteStep(of purchase: Purchase, at time: Timestamp, in db: Database) throws {
        try db.executeCached(
            sql: """
                INSERT INTO purchase_step (purchase_id, ordinal, state, at_ms)
                SELECT ?1, count(*) + 1, ?2, ?3 FROM purchase_step WHERE purchase_id = ?1
                """,
            arguments: [purchase.id.text, purchase.state.rawValue, time.milliseconds]
        )
    }

    /// Reserves a code that is new to the purchase, and lets go of the one it had.
    private static func mintFicha(
        of purchase: Purchase,
        previousCode: String?,
        at time: Timestamp,
        in db: Database
    ) throws {
        guard let code = purchase.fichaCode, code.digits != previousCode else { return }
        if let previousCode = previousCode.flatMap(FichaCode.init(digits:)) {
            try FichaStore.release(previousCode, at: time, in: db)
        }
        try FichaStore.reserve(code, for: purchase, at: time, in: db)
    }

    /// The ends that money has: a sold ficha or none, the venta, and its row for the centre.
    private static func settle(_ purchase: Purchase, buyer: MACAddress?, at time: Timestamp, in db: Database) throws {
        switch purchase.state {
        case .delivered:
            if let code = purchase.fichaCode { try FichaStore.deliver(code, to: buyer, at: time, in: db) }
            try insertVenta(of: purchase, outcome: .delivered, at: time, in: db)
        case .refunded:
            if let code = purchase.fichaCode { try FichaStore.release(code, at: time, in: db) }
            try insertVenta(of: purchase, outcome: .refunded, at: time, in: db)
        default: break
        }
    }

    static func insertVenta(
        of purchase: Purchase,
        outcome: VentaEvent.Outcome,
        at time: Timestamp,
        in db: Database
    ) throws {
        // What was charged, not what should have been: on a charge of a wrong amount that went back, the truth.
        let amountCents = purchase.chargedCents ?? purchase.price.cents
        let venta = VentaEvent.Venta(
            id: purchase.id.text,
            method: "card",
            outcome: outcome,
            routerID: purchase.routerID,
            productID: purchase.product.id,
            productName: purchase.product.name,
            durationSeconds: purchase.product.durationSeconds,
            fichaCode: purchase.fichaCode?.digits,
            amountCents: amountCents,
            refundedCents: outcome == .refunded ? amountCents : 0,
            currency: purchase.price.currency,
            orderID: purchase.orderID,
            chargeID: purchase.chargeID
        )
        try db.executeCached(
            sql: """
                INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents,
                    currency, at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                venta.id, venta.method, outcome.rawValue, venta.routerID, venta.productID, venta.fichaCode,
                venta.amountCents, venta.refundedCents, venta.currency, time.milliseconds,
            ]
        )
        try Outbox.append(.venta(venta), at: time, in: db)
    }
}

/// The purchase is not as its driver left it: somebody else drives it. Let go of it.
struct PurchaseDrivenElsewhere: Error {}
