import Shared

/// What is wrong with an order or a charge as its caller gets to see it; the ledger keeps the truth.
public enum AnswerAlteration: Hashable, Sendable {
    /// Another currency, on the order and on its charges.
    case currency(String)
    /// Another status of the charges, known to Conekta or not.
    case chargeStatus(String)
    /// The order is somebody else's, with the same amount, and that one is paid.
    case foreignOrder

    /// The answer with this wrong in it.
    func applied(to answer: JSONValue) -> JSONValue {
        guard var members = answer.members else { return answer }
        let isCharge = members["object"] == "charge"
        switch self {
        case .currency(let currency): members["currency"] = .string(currency)
        case .chargeStatus(let status) where isCharge: members["status"] = .string(status)
        case .foreignOrder where !isCharge:
            members["metadata"] = .object((members["metadata"]?.members ?? [:]).mapValues { _ in "otro" })
            members["payment_status"] = "paid"
            members["charges"] = ["object": "list", "has_more": false, "data": [Self.paidCharge(of: members)]]
        case .chargeStatus, .foreignOrder: break
        }
        if var list = members["charges"]?.members, let charges = list["data"]?.elements {
            list["data"] = .array(charges.map(applied))
            members["charges"] = .object(list)
        }
        return .object(members)
    }

    private static func paidCharge(of order: [String: JSONValue]) -> JSONValue {
        [
            "object": "charge", "id": "0123456789abcdef01234567", "status": "paid", "reference_id": "otro",
            "amount": order["amount"] ?? .null, "currency": order["currency"] ?? .null,
        ]
    }
}
