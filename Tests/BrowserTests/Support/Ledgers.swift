import Foundation
import TestSupport

/// What the tests read of Conekta's true state.
struct ConektaLedger: Decodable, Sendable {
    struct Order: Decodable, Sendable {
        struct Charge: Decodable, Sendable {
            let status: String
            let amountCents: Int
        }

        let id: String
        let charges: [Charge]
    }

    let orders: [Order]
    let capturedCents: Int
    let refundedCents: Int

    var charges: [Order.Charge] { orders.flatMap(\.charges) }
}

/// What the tests read of the router's true state.
struct RouterLedger: Decodable, Sendable {
    struct User: Decodable, Sendable {
        let name: String
        let profile: String
        let comment: String
        let removedAt: String?
    }

    struct Login: Decodable, Sendable {
        let user: String
        let mac: String
        let endedAt: String?
    }

    let users: [User]
    let logins: [Login]
}

extension RunningSite {
    func conektaLedger() async throws -> ConektaLedger { try await conekta.get("_control/ledger") }
    func routerLedger() async throws -> RouterLedger { try await router.get("ledger") }
}
