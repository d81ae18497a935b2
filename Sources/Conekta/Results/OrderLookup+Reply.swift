import FoundationEssentials

extension OrderLookup {
    /// Reads the answer to `GET /orders/{id}`.
    init(_ reply: ConektaReply, id: OrderID) {
        switch reply {
        case .accepted(let status, let body):
            guard let order = try? JSONDecoder().decode(ConektaOrder.self, from: body) else {
                self = .unavailable(.inDoubt(.unreadable(status: status)))
                return
            }
            self = order.id == id ? .found(order) : .unavailable(.inDoubt(.contradictory))
        case .refused(let rejection, _):
            // A 404 without Conekta's words may come from anything in between, and "missing" is a grave thing to say.
            let isMissing = rejection.kind == .notFound && rejection.code?.hasPrefix("resource_not_found") == true
            self = isMissing ? .missing : .unavailable(.rejected(rejection))
        case .notSent(let failure): self = .unavailable(.notSent(failure))
        case .unknown(let doubt): self = .unavailable(.inDoubt(doubt))
        }
    }
}
