import FoundationEssentials

extension ChargeResult {
    /// Reads the answer to `POST /orders/{id}/charges`.
    init(_ reply: ConektaReply, orderID: OrderID, referenceID: String) {
        switch reply {
        case .accepted(let status, let body):
            self.init(status: status, body: body, orderID: orderID, referenceID: referenceID)
        case .refused(let rejection, let order):
            self.init(rejection, order: order, orderID: orderID, referenceID: referenceID)
        case .notSent(let failure): self = .notSent(failure)
        case .unknown(let doubt): self = .unknown(doubt)
        }
    }

    /// A success is documented to be the charge, and an order where the payment waits for 3-D Secure was recorded.
    private init(status: Int, body: Data, orderID: OrderID, referenceID: String) {
        struct Kind: Decodable { let object: String? }
        let decoder = JSONDecoder()
        switch (try? decoder.decode(Kind.self, from: body))?.object {
        case "order":
            guard let order = try? decoder.decode(ConektaOrder.self, from: body) else { break }
            self.init(order, orderID: orderID, referenceID: referenceID)
            return
        case "charge", nil:
            guard let charge = try? decoder.decode(ConektaCharge.self, from: body) else { break }
            self.init(charge, orderID: orderID, referenceID: referenceID)
            return
        default: break
        }
        self = .unknown(.unreadable(status: status))
    }

    private init(_ charge: ConektaCharge, orderID: OrderID, referenceID: String) {
        let isOurs = (charge.orderID ?? orderID) == orderID && (charge.referenceID ?? referenceID) == referenceID
        switch charge.state {
        case .paid where isOurs: self = .looksPaid(charge)
        case .pending where isOurs: self = .pending(redirectURL: charge.redirectURL)
        case .failed where isOurs: self = .declined(DeclineReason(failureCode: charge.failureCode), nil)
        default: self = .unknown(.contradictory)
        }
    }

    private init(_ order: ConektaOrder, orderID: OrderID, referenceID: String) {
        switch order.settlement {
        case .paid(let charge) where order.id == orderID: self = .looksPaid(charge)
        case .pending(let url) where order.id == orderID: self = .pending(redirectURL: url)
        case .declined(let latest?) where order.id == orderID:
            let charge = order.charges.first { $0.referenceID == referenceID } ?? latest
            self = .declined(DeclineReason(failureCode: charge.failureCode), order)
        default: self = .unknown(.contradictory)
        }
    }

    private init(_ rejection: ConektaRejection, order: ConektaOrder?, orderID: OrderID, referenceID: String) {
        // A no to this charge does not mean that no other charge of the order took money.
        if let order, order.id != orderID || order.mayHoldMoney {
            self = .unknown(.contradictory)
        } else if rejection.code == "processing.tokenization.used" {
            self = .tokenUsed(rejection)
        } else if let reason = rejection.code.flatMap({ DeclineReason(errorCode: $0) }) {
            self = .declined(reason, order)
        } else if rejection.kind == .processing {
            let charge = order?.charges.first { $0.referenceID == referenceID }
            self = .declined(DeclineReason(failureCode: charge?.failureCode), order)
        } else {
            self = .rejected(rejection)
        }
    }
}

extension ConektaOrder {
    /// True unless every charge is known to have failed.
    fileprivate var mayHoldMoney: Bool {
        switch settlement {
        case .noCharge, .declined: false
        case .pending, .paid, .paidMoreThanOnce, .refunded, .partiallyRefunded, .unclear: true
        }
    }
}
