import FoundationEssentials
import GRDB
import Purchasing
import Shared

/// A purchase as its row stores it.
struct PurchaseRecord: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "purchase"

    var id: String
    var idempotencyKey: String?
    var requestDigest: String
    var routerID: String
    var product: String
    var amountCents: Int64
    var currency: String
    var customerName: String
    var customerEmail: String
    /// Of the phone that bought, as the router saw it.
    var macAddress: String?
    var state: String
    var isOpen: Bool
    var orderID: String?
    var chargeSentAtMs: Int64?
    var chargeID: String?
    var chargedCents: Int64?
    var redirectURL: String?
    var refusal: String?
    var paidAtMs: Int64?
    var fichaCode: String?
    var userMayExist: Bool
    var provisionSentAtMs: Int64?
    var refundSentAtMs: Int64?
    var refundAcceptedAtMs: Int64?
    var refundedCents: Int64?
    var attention: String?
    var createdAtMs: Int64
    var endedAtMs: Int64?
    /// Nobody drives it until a box that was put back knows what became of it.
    var awaitsRestoration = false

    enum CodingKeys: String, CodingKey {
        case id, product, currency, state, refusal, attention
        case idempotencyKey = "idempotency_key"
        case requestDigest = "request_digest"
        case routerID = "router_id"
        case amountCents = "amount_cents"
        case customerName = "customer_name"
        case customerEmail = "customer_email"
        case macAddress = "mac_address"
        case isOpen = "is_open"
        case orderID = "order_id"
        case chargeSentAtMs = "charge_sent_at_ms"
        case chargeID = "charge_id"
        case chargedCents = "charged_cents"
        case redirectURL = "redirect_url"
        case paidAtMs = "paid_at_ms"
        case fichaCode = "ficha_code"
        case userMayExist = "user_may_exist"
        case provisionSentAtMs = "provision_sent_at_ms"
        case refundSentAtMs = "refund_sent_at_ms"
        case refundAcceptedAtMs = "refund_accepted_at_ms"
        case refundedCents = "refunded_cents"
        case createdAtMs = "created_at_ms"
        case endedAtMs = "ended_at_ms"
        case awaitsRestoration = "awaits_restoration"
    }

    init(_ purchase: Purchase, intent: PurchaseIntent) throws {
        try self.init(
            purchase,
            idempotencyKey: intent.fingerprint.idempotencyKey,
            requestDigest: intent.fingerprint.digest.hexadecimal,
            customerName: intent.customerName,
            customerEmail: intent.customerEmail,
            macAddress: intent.buyerMACAddress
        )
    }

    /// A row that is open.
    init(
        _ purchase: Purchase,
        idempotencyKey: String?,
        requestDigest: String,
        customerName: String,
        customerEmail: String,
        macAddress: MACAddress?
    ) throws {
        id = purchase.id.text
        self.idempotencyKey = idempotencyKey
        self.requestDigest = requestDigest
        routerID = purchase.routerID
        product = String(decoding: try JSONEncoder().encode(purchase.product), as: UTF8.self)
        amountCents = purchase.price.cents
        currency = purchase.price.currency
        self.customerName = customerName
        self.customerEmail = customerEmail
        self.macAddress = macAddress?.description
        state = ""
        isOpen = true
        userMayExist = false
        createdAtMs = purchase.createdAt.milliseconds
        update(from: purchase, isOpen: true)
    }

    /// Takes over everything about the purchase that changes.
    mutating func update(from purchase: Purchase, isOpen: Bool) {
        state = purchase.state.rawValue
        self.isOpen = isOpen
        orderID = purchase.orderID
        chargeSentAtMs = purchase.chargeSentAt?.milliseconds
        chargeID = purchase.chargeID
        chargedCents = purchase.chargedCents
        redirectURL = purchase.redirectURL
        refusal = purchase.refusal?.text
        paidAtMs = purchase.paidAt?.milliseconds
        fichaCode = purchase.fichaCode?.digits
        userMayExist = purchase.userMayExist
        provisionSentAtMs = purchase.provisionSentAt?.milliseconds
        refundSentAtMs = purchase.refundSentAt?.milliseconds
        refundAcceptedAtMs = purchase.refundAcceptedAt?.milliseconds
        refundedCents = purchase.refundedCents
        attention = purchase.attention?.rawValue
        endedAtMs = purchase.endedAt?.milliseconds
    }

    /// The purchase of the row.
    ///
    /// - Throws: `DatabaseError` when the row holds what no version of ours wrote.
    func purchase() throws -> Purchase {
        guard let id = PurchaseID(id), let state = PurchaseState(rawValue: state) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "purchase \(self.id) is not readable")
        }
        var purchase = Purchase(
            id: id,
            routerID: routerID,
            product: try JSONDecoder().decode(PurchasedProduct.self, from: Data(product.utf8)),
            createdAt: Timestamp(milliseconds: createdAtMs),
            state: state
        )
        purchase.orderID = orderID
        purchase.chargeSentAt = chargeSentAtMs.map(Timestamp.init(milliseconds:))
        purchase.chargeID = chargeID
        purchase.chargedCents = chargedCents
        purchase.redirectURL = redirectURL
        purchase.refusal = refusal.flatMap(PurchaseRefusal.init(text:))
        purchase.paidAt = paidAtMs.map(Timestamp.init(milliseconds:))
        purchase.fichaCode = fichaCode.flatMap(FichaCode.init(digits:))
        purchase.userMayExist = userMayExist
        purchase.provisionSentAt = provisionSentAtMs.map(Timestamp.init(milliseconds:))
        purchase.refundSentAt = refundSentAtMs.map(Timestamp.init(milliseconds:))
        purchase.refundAcceptedAt = refundAcceptedAtMs.map(Timestamp.init(milliseconds:))
        purchase.refundedCents = refundedCents
        purchase.attention = attention.flatMap(PurchaseAttention.init(rawValue:))
        purchase.endedAt = endedAtMs.map(Timestamp.init(milliseconds:))
        return purchase
    }
}
