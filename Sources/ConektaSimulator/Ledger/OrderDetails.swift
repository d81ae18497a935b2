public import Shared

/// What an order was asked to be.
public struct OrderDetails: Hashable, Sendable, Encodable {
    /// One thing sold.
    public struct LineItem: Hashable, Sendable, Encodable {
        public let id: String
        public let name: String
        /// Centavos.
        public let unitPriceCents: Int64
        public let quantity: Int64
        /// The optional members (`sku`, `description`, …) as they came.
        let extra: [String: JSONValue]
    }

    public internal(set) var currency: String
    /// `name`, `email`, `phone` and what else the request said of the customer.
    public internal(set) var customer: [String: JSONValue]
    public internal(set) var lineItems: [LineItem]
    public internal(set) var metadata: [String: JSONValue]
    public internal(set) var shippingContact: JSONValue?
    public internal(set) var preauthorizes: Bool
    public internal(set) var threeDSMode: String?
    public internal(set) var returnURL: String?
    public internal(set) var processingMode: String?

    /// Centavos: the sum of the line items.
    public var amountCents: Int64 { lineItems.reduce(0) { $0 + $1.unitPriceCents * $1.quantity } }
}
