import Purchasing
import Shared

/// What goes over the counter with a ficha, on whatever it is printed.
struct Slip: Sendable, Equatable {
    /// How the ficha comes to its buyer.
    enum Origin: Sendable, Equatable {
        case sold(Sale)
        case stock(Stock)
    }

    /// Sold at this moment, at a till.
    struct Sale: Sendable, Equatable {
        /// Without gaps within its till.
        let folio: Int64
        let till: String
        let cashier: String
        let soldAt: Timestamp
    }

    /// Printed beforehand, to be sold later.
    struct Stock: Sendable, Equatable {
        let batch: String
        /// Of the ficha within its batch, from 1 on.
        let number: Int
        /// When it stops being sold.
        let sellBy: Timestamp?
    }

    let issuer: SlipIssuer
    let code: FichaCode
    /// As it was sold or printed, not as the catalogue has it now.
    let product: PurchasedProduct
    let origin: Origin
    /// The page that asks for a code, with this code filled in; nil where nobody said how phones find the box.
    let redeemURL: String?
    /// Printed before: marked, so that nobody takes two slips for two fichas.
    let isReprint: Bool
}
