import Purchasing
import Shared

/// A purchase as the API shows it: at `GET /payments/{id}` and in the answers to `POST /payments/pagar-conekta`.
struct PaymentBody: Encodable, Sendable {
    let purchaseID: String
    /// `verifying`, `action_required`, `delivered`, `declined`, `abandoned`, `refunding`, `refunded`, `needs_attention`.
    let status: String
    /// What it means for the buyer, in Spanish.
    let message: String
    /// Why it was declined or abandoned, a stable code.
    let reason: String?
    let product: Product
    let amountCents: Int64
    let currency: String
    /// Only of a delivered purchase.
    let ficha: Ficha?
    let connection: Connection?
    /// Where the buyer's bank wants to see them (3-D Secure).
    let redirectURL: String?
    let orderID: String?
    let createdAt: Timestamp
    let endedAt: Timestamp?

    struct Product: Encodable, Sendable {
        let id: Int64
        let name: String
        let durationSeconds: Int64
        let clock: FichaClock

        enum CodingKeys: String, CodingKey {
            case id, name, clock
            case durationSeconds = "duration_seconds"
        }
    }

    struct Ficha: Encodable, Sendable {
        /// As a person reads it: `438 271 9056`.
        let code: String
        let username: String
        let password: String
        let durationSeconds: Int64

        enum CodingKeys: String, CodingKey {
            case code, username, password
            case durationSeconds = "duration_seconds"
        }
    }

    struct Connection: Encodable, Sendable {
        let connected: Bool
        /// `connected`, `connecting`, `device_not_found`, `unknown_ficha`, `ficha_used_up`, `refused`, `router_away`.
        let status: String
    }

    enum CodingKeys: String, CodingKey {
        case status, message, reason, product, currency, ficha, connection
        case purchaseID = "purchase_id"
        case amountCents = "amount_cents"
        case redirectURL = "redirect_url"
        case orderID = "order_id"
        case createdAt = "created_at"
        case endedAt = "ended_at"
    }

    init(_ progress: PurchaseProgress) {
        let purchase = progress.purchase
        let meaning = PurchaseMeaning(purchase)
        purchaseID = purchase.id.text
        status = meaning.status.rawValue
        message = meaning.message
        reason = meaning.reason
        product = Product(
            id: purchase.product.id,
            name: purchase.product.name,
            durationSeconds: purchase.product.durationSeconds,
            clock: purchase.product.clock
        )
        amountCents = purchase.price.cents
        currency = purchase.price.currency
        ficha = purchase.state == .delivered ? purchase.fichaCode.map { Ficha($0, purchase.product) } : nil
        connection = Self.connection(progress)
        redirectURL = purchase.redirectURL
        orderID = purchase.orderID
        createdAt = purchase.createdAt
        endedAt = purchase.endedAt
    }

    private static func connection(_ progress: PurchaseProgress) -> Connection? {
        if let outcome = progress.connection {
            return Connection(connected: outcome == .connected, status: outcome.code)
        }
        return progress.isConnecting ? Connection(connected: false, status: "connecting") : nil
    }
}

extension PaymentBody.Ficha {
    init(_ code: FichaCode, _ product: PurchasedProduct) {
        self.init(
            code: code.grouped,
            username: code.digits,
            password: code.digits,
            durationSeconds: product.durationSeconds
        )
    }
}
