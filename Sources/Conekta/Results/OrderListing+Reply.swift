import FoundationEssentials

extension OrderListing {
    /// Reads the answer to `GET /orders`, asked for what comes after `cursor`.
    init(_ reply: ConektaReply, after cursor: OrderID?) {
        switch reply {
        case .accepted(let status, let body):
            guard let page = try? JSONDecoder().decode(WireOrderPage.self, from: body) else {
                self = .unavailable(.inDoubt(.unreadable(status: status)))
                return
            }
            guard page.hasMore else {
                self = .page(OrderPage(orders: page.orders, next: nil))
                return
            }
            // Whoever followed such a cursor would go in circles.
            guard let last = page.orders.last?.id, last != cursor else {
                self = .unavailable(.inDoubt(.contradictory))
                return
            }
            self = .page(OrderPage(orders: page.orders, next: last))
        case .refused(let rejection, _): self = .unavailable(.rejected(rejection))
        case .notSent(let failure): self = .unavailable(.notSent(failure))
        case .unknown(let doubt): self = .unavailable(.inDoubt(doubt))
        }
    }
}
