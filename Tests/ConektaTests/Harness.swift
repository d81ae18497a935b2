import Conekta
import Logging
import Outbound
import Shared
import TestSupport
import Testing

/// A client of one empresa, and a raw server in the place of Conekta.
struct Harness {
    let server: RawServer
    let client: ConektaClient
    let clock = TestClock()
    let log = LogRecorder()

    let orderID: OrderID

    /// Asks the server unless another base URL is given.
    init(
        baseURL: String? = nil,
        sendsShippingContact: Bool = false,
        timeouts: ConektaConfiguration.Timeouts = .ample,
        answer: @escaping @Sendable (RawRequest) -> RawReply
    ) throws {
        server = try RawServer(answer: answer)
        orderID = try #require(OrderID(Recorded.orderID))
        let logger = log.logger
        client = ConektaClient(
            configuration: ConektaConfiguration(
                baseURL: baseURL ?? server.url + "/",
                privateKey: Secret("key_private"),
                timeouts: timeouts,
                sendsShippingContact: sendsShippingContact
            ),
            outbound: try OutboundClient(logger: logger),
            clock: clock,
            logger: logger
        )
    }

    func charge(token: String = "tok_2znSecret") async -> ChargeResult {
        await client.createCharge(
            orderID: orderID,
            token: Secret(token),
            amount: Money(cents: 5_000),
            referenceID: "pur_1#1"
        )
    }

    func createOrder(productName: String = "WiFi 24h", customerName: String = "Ana Pérez") async -> CreateOrderResult {
        await client.createOrder(
            OrderDraft(
                productName: productName,
                amount: Money(cents: 5_000),
                customerName: customerName,
                customerEmail: "ana@example.mx",
                metadata: ["purchase_id": "pur_1"]
            )
        )
    }
}

extension ConektaConfiguration.Timeouts {
    /// More than a slow machine takes for anything; who waits for a timeout sets a short one.
    static let ample = Self(connect: .seconds(120), charge: .seconds(120), other: .seconds(120))
}
