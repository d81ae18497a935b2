import GRDB
import Purchasing
import Shared

/// A ficha as its row stores it.
struct FichaRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "ficha"

    var code: String
    var comment: String
    var routerID: String
    var productID: Int64
    var productName: String
    var priceCents: Int64
    var currency: String
    var mikrotikProfile: String
    var clock: String
    var durationSeconds: Int64
    var extraMs: Int64
    var dataLimitBytes: Int64?
    var purchaseID: String?
    var batchID: String?
    var sellByMs: Int64?
    var state: String
    var routerState: String
    var buyerMACAddress: String?
    var macAddress: String?
    var moves: Int
    var mintedAtMs: Int64
    var soldAtMs: Int64?
    var firstUsedAtMs: Int64?
    var expiresAtMs: Int64?
    var isTimeSynced: Bool?
    var usedMs: Int64
    var usedBytes: Int64
    var seenEndedMs: Int64
    var seenSessionMs: Int64
    var seenEndedBytes: Int64
    var seenSessionBytes: Int64
    var seenAtMs: Int64?
    var endedAtMs: Int64?

    enum CodingKeys: String, CodingKey {
        case code, comment, currency, clock, state, moves
        case routerID = "router_id"
        case productID = "product_id"
        case productName = "product_name"
        case priceCents = "price_cents"
        case mikrotikProfile = "mikrotik_profile"
        case durationSeconds = "duration_seconds"
        case extraMs = "extra_ms"
        case dataLimitBytes = "data_limit_bytes"
        case purchaseID = "purchase_id"
        case batchID = "batch_id"
        case sellByMs = "sell_by_ms"
        case routerState = "router_state"
        case buyerMACAddress = "buyer_mac_address"
        case macAddress = "mac_address"
        case mintedAtMs = "minted_at_ms"
        case soldAtMs = "sold_at_ms"
        case firstUsedAtMs = "first_used_at_ms"
        case expiresAtMs = "expires_at_ms"
        case isTimeSynced = "is_time_synced"
        case usedMs = "used_ms"
        case usedBytes = "used_bytes"
        case seenEndedMs = "seen_ended_ms"
        case seenSessionMs = "seen_session_ms"
        case seenEndedBytes = "seen_ended_bytes"
        case seenSessionBytes = "seen_session_bytes"
        case seenAtMs = "seen_at_ms"
        case endedAtMs = "ended_at_ms"
    }

    init(_ ficha: Ficha) {
        code = ficha.code.digits
        comment = ficha.comment.text
        routerID = ficha.routerID
        productID = ficha.product.id
        productName = ficha.product.name
        priceCents = ficha.product.price.cents
        currency = ficha.product.price.currency
        mikrotikProfile = ficha.product.mikrotikProfile
        clock = ficha.product.clock.rawValue
        durationSeconds = ficha.product.durationSeconds
        extraMs = ficha.extraTime.wholeMilliseconds
        dataLimitBytes = ficha.product.dataLimitBytes
        purchaseID = ficha.purchaseID?.text
        batchID = ficha.batchID
        sellByMs = ficha.sellBy?.milliseconds
        state = ficha.state.rawValue
        routerState = ficha.routerState.rawValue
        buyerMACAddress = ficha.buyerMACAddress?.description
        macAddress = ficha.macAddress?.description
        moves = ficha.moves
        mintedAtMs = ficha.mintedAt.milliseconds
        soldAtMs = ficha.soldAt?.milliseconds
        firstUsedAtMs = ficha.firstUsedAt?.milliseconds
        expiresAtMs = ficha.expiresAt?.milliseconds
        isTimeSynced = ficha.isTimeSynced
        usedMs = ficha.usedTime.wholeMilliseconds
        usedBytes = ficha.usedBytes
        seenEndedMs = ficha.seen.ended.wholeMilliseconds
        seenSessionMs = ficha.seen.session.wholeMilliseconds
        seenEndedBytes = ficha.seen.endedBytes
        seenSessionBytes = ficha.seen.sessionBytes
        seenAtMs = ficha.seenAt?.milliseconds
        endedAtMs = ficha.endedAt?.milliseconds
    }

    /// The ficha of the row.
    ///
    /// - Throws: `DatabaseError` when the row holds what no version of ours wrote.
    func ficha() throws -> Ficha {
        guard let code = FichaCode(digits: code), let comment = RouterComment(comment),
            let state = FichaState(rawValue: state), let routerState = FichaRouterState(rawValue: routerState),
            let clock = FichaClock(rawValue: clock)
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "ficha \(self.code) is not readable") }
        var ficha = Ficha(
            code: code,
            comment: comment,
            routerID: routerID,
            product: PurchasedProduct(
                id: productID,
                name: productName,
                price: Money(cents: priceCents, currency: currency),
                durationSeconds: durationSeconds,
                clock: clock,
                mikrotikProfile: mikrotikProfile,
                dataLimitBytes: dataLimitBytes
            ),
            purchaseID: purchaseID.flatMap(PurchaseID.init),
            batchID: batchID,
            sellBy: sellByMs.map(Timestamp.init(milliseconds:)),
            mintedAt: Timestamp(milliseconds: mintedAtMs),
            state: state
        )
        ficha.routerState = routerState
        ficha.buyerMACAddress = buyerMACAddress.flatMap(MACAddress.init)
        ficha.macAddress = macAddress.flatMap(MACAddress.init)
        ficha.moves = moves
        ficha.extraTime = .milliseconds(extraMs)
        ficha.soldAt = soldAtMs.map(Timestamp.init(milliseconds:))
        ficha.firstUsedAt = firstUsedAtMs.map(Timestamp.init(milliseconds:))
        ficha.expiresAt = expiresAtMs.map(Timestamp.init(milliseconds:))
        ficha.isTimeSynced = isTimeSynced
        ficha.usedTime = .milliseconds(usedMs)
        ficha.usedBytes = usedBytes
        ficha.seen = RouterCounters(
            ended: .milliseconds(seenEndedMs),
            session: .milliseconds(seenSessionMs),
            endedBytes: seenEndedBytes,
            sessionBytes: seenSessionBytes
        )
        ficha.seenAt = seenAtMs.map(Timestamp.init(milliseconds:))
        ficha.endedAt = endedAtMs.map(Timestamp.init(milliseconds:))
        return ficha
    }
}
