import Foundation
import TestSupport

/// The simulators' ledgers, as far as money and users go.
struct MoneyLedgers: Sendable {
    struct Conekta: Decodable, Sendable {
        struct Order: Decodable, Sendable {
            struct Details: Decodable, Sendable { let metadata: [String: String] }
            struct Charge: Decodable, Sendable {
                struct Refund: Decodable, Sendable { let amountCents: Int }
                let status: String
                let amountCents: Int
                let refunds: [Refund]
            }
            let details: Details
            let charges: [Charge]

            var purchaseID: String { details.metadata["purchase_id"] ?? "" }
            var captured: Int { charges.filter { $0.status == "paid" }.reduce(0) { $0 + $1.amountCents } }
            var refunded: Int { charges.flatMap(\.refunds).reduce(0) { $0 + $1.amountCents } }
        }
        struct Requests: Decodable, Sendable { let chargePostsByReference: [String: Int] }
        let orders: [Order]
        let requests: Requests
    }

    struct Router: Decodable, Sendable {
        struct User: Decodable, Sendable {
            let name: String
            let comment: String
            let removedAt: String?
        }
        let users: [User]
    }

    let conekta: Conekta
    let router: Router

    init(_ site: RunningSite) async throws {
        conekta = try await site.conekta.get("_control/ledger")
        router = try await site.router.get("ledger")
    }

    /// The users of a purchase that are on the router now.
    func users(of purchaseID: String) -> [Router.User] {
        router.users.filter { $0.removedAt == nil && $0.comment == purchaseID }
    }

    /// What is wrong, if nothing moved any more: charged and neither delivered nor refunded, delivered and not paid,
    /// charged twice.
    func violations(priceCents: Int) -> [String] {
        var found: [String] = []
        for order in conekta.orders where !order.charges.isEmpty {
            let id = order.purchaseID
            let kept = order.captured - order.refunded
            let users = users(of: id).count
            if kept != (users == 1 ? priceCents : 0) || users > 1 {
                found.append("\(id): captured \(order.captured), refunded \(order.refunded), users \(users)")
            }
        }
        let paid = Set(conekta.orders.filter { !$0.charges.isEmpty }.map(\.purchaseID))
        for user in router.users where user.removedAt == nil && user.comment.hasPrefix("pur_") {
            if !paid.contains(user.comment) { found.append("\(user.comment): a user nobody paid for") }
        }
        for (reference, posts) in conekta.requests.chargePostsByReference where posts > 1 {
            found.append("\(reference): charged by \(posts) requests")
        }
        return found
    }
}
