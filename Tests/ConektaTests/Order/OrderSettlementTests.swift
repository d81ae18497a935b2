import Foundation
import Testing

@testable import Conekta

/// Every combination of charges that was recorded or can be feared, and what it says about the money.
@Suite struct OrderSettlementTests {
    /// `a` to `c` are the charges' ids, in order.
    struct Row: Sendable, CustomTestStringConvertible {
        let status: String
        let charges: [String]
        var refunded = 0
        var nextAction: String?
        var isComplete = true
        let expected: String
        var testDescription: String { "\(status) \(charges) refunded \(refunded) → \(expected)" }
    }

    static let rows = [
        Row(status: "", charges: [], expected: "noCharge"),
        Row(status: "null", charges: [], expected: "noCharge"),
        Row(status: "\"paid\"", charges: ["paid"], expected: "paid a"),
        Row(status: "", charges: ["paid"], expected: "paid a"),
        Row(status: "\"pending_payment\"", charges: ["paid"], expected: "paid a"),
        Row(status: "\"declined\"", charges: ["declined", "paid"], expected: "paid b"),
        Row(status: "\"paid\"", charges: ["paid", "declined", "declined"], expected: "paid a"),
        Row(status: "\"paid\"", charges: ["declined", "declined", "paid"], expected: "paid c"),
        Row(status: "\"paid\"", charges: ["paid", "paid"], expected: "paidMoreThanOnce a b"),
        Row(status: "\"paid\"", charges: ["paid", "pending_payment"], expected: "unclear"),
        Row(status: "\"paid\"", charges: ["paid"], isComplete: false, expected: "unclear"),
        Row(status: "\"paid\"", charges: ["paid", "charged_back"], expected: "unclear"),
        Row(status: "\"charged_back\"", charges: ["paid"], expected: "unclear"),
        Row(status: "\"paid\"", charges: [], expected: "unclear"),
        Row(status: "\"paid\"", charges: ["declined"], expected: "unclear"),
        Row(status: "\"declined\"", charges: ["declined"], expected: "declined a"),
        Row(status: "\"pending_payment\"", charges: ["declined"], expected: "declined a"),
        Row(status: "", charges: ["declined"], expected: "declined a"),
        Row(status: "\"expired\"", charges: [], expected: "declined"),
        Row(status: "\"canceled\"", charges: ["canceled"], expected: "declined a"),
        Row(status: "\"declined\"", charges: ["insufficient_funds", "stolen_card"], expected: "declined a"),
        Row(status: "\"declined\"", charges: ["declined"], isComplete: false, expected: "unclear"),
        Row(status: "\"declined\"", charges: ["declined"], refunded: 5_000, expected: "unclear"),
        Row(status: "\"pending_payment\"", charges: ["pending_payment"], expected: "pending -"),
        Row(status: "\"pending_payment\"", charges: ["declined", "pending_payment"], expected: "pending -"),
        Row(status: "", charges: ["in_review"], expected: "pending -"),
        Row(status: "\"pending_payment\"", charges: [], expected: "pending -"),
        Row(
            status: "\"pending_payment\"",
            charges: [],
            nextAction: Recorded.threeDSecure,
            expected: "pending https://3ds-pay.conekta.com/0b7c"
        ),
        Row(
            status: "\"pending_payment\"",
            charges: ["declined"],
            nextAction: Recorded.threeDSecure,
            expected: "pending https://3ds-pay.conekta.com/0b7c"
        ),
        Row(status: "\"pre_authorized\"", charges: ["preauthorized"], expected: "unclear"),
        Row(status: "\"something_new\"", charges: [], expected: "unclear"),
        Row(status: "\"declined\"", charges: ["something_new"], expected: "unclear"),
        Row(status: "\"refunded\"", charges: ["refunded"], refunded: 5_000, expected: "refunded"),
        Row(status: "\"refunded\"", charges: ["paid"], refunded: 5_000, expected: "refunded"),
        Row(status: "\"refunded\"", charges: ["refunded"], expected: "refunded"),
        Row(status: "\"paid\"", charges: ["paid", "paid"], refunded: 10_000, expected: "refunded"),
        Row(status: "\"refunded\"", charges: ["declined", "refunded"], refunded: 5_000, expected: "refunded"),
        Row(
            status: "\"partially_refunded\"",
            charges: ["partially_refunded"],
            refunded: 1_500,
            expected: "partiallyRefunded 3500"
        ),
        Row(status: "\"partially_refunded\"", charges: ["paid"], refunded: 1_500, expected: "partiallyRefunded 3500"),
        Row(status: "\"refunded\"", charges: ["paid"], expected: "unclear"),
        // One of two was given back: the other is what was bought.
        Row(status: "\"paid\"", charges: ["refunded", "paid"], refunded: 5_000, expected: "paid b"),
        Row(status: "\"paid\"", charges: ["paid"], refunded: -1, expected: "unclear"),
    ]

    @Test(arguments: rows) func settlement(row: Row) throws {
        let charges = zip(row.charges, ["a", "b", "c"]).map { Recorded.charge($0, id: $1) }
        let json = Recorded.order(
            status: row.status,
            charges: Recorded.list(charges, hasMore: !row.isComplete),
            refunded: row.refunded,
            nextAction: row.nextAction
        )
        let order = try JSONDecoder().decode(ConektaOrder.self, from: Data(json.utf8))
        #expect(Self.describe(order.settlement) == row.expected)
    }

    @Test(arguments: [0, -5_000, 9_000_000_000_000_000_000]) func amountsThatCannotBe(amount: Int) throws {
        let charges = [
            Recorded.charge("paid", id: "a", amount: amount), Recorded.charge("paid", id: "b", amount: amount),
        ]
        let json = Recorded.order(charges: Recorded.list(charges))
        let order = try JSONDecoder().decode(ConektaOrder.self, from: Data(json.utf8))
        #expect(order.settlement == .unclear)
    }

    @Test func theLatestOfTheDeclinedIsTheOneThatCounts() throws {
        let charges = [
            Recorded.charge("declined", id: "old", createdAt: 100),
            Recorded.charge("declined", id: "new", createdAt: 200),
        ]
        let json = Recorded.order(status: "\"declined\"", charges: Recorded.list(charges))
        let order = try JSONDecoder().decode(ConektaOrder.self, from: Data(json.utf8))
        #expect(Self.describe(order.settlement) == "declined new")
    }

    private static func describe(_ settlement: OrderSettlement) -> String {
        switch settlement {
        case .noCharge: "noCharge"
        case .pending(let url): "pending \(url ?? "-")"
        case .paid(let charge): "paid \(charge.id)"
        case .paidMoreThanOnce(let charges): "paidMoreThanOnce \(charges.map(\.id).joined(separator: " "))"
        case .declined(let charge): charge.map { "declined \($0.id)" } ?? "declined"
        case .refunded: "refunded"
        case .partiallyRefunded(let cents): "partiallyRefunded \(cents)"
        case .unclear: "unclear"
        }
    }
}
