public import Outbound

/// How creating an order ended. An order without charges holds no money, so after any doubt another may be created.
public enum CreateOrderResult: Hashable, Sendable {
    case created(OrderID)
    case rejected(ConektaRejection)
    case notSent(TransportFailure)
    case unknown(ConektaDoubt)
}
