public import Shared

/// An order to be created: one product, one buyer.
public struct OrderDraft: Sendable {
    /// What the buyer reads on the receipt; brought to the 3 to 249 characters Conekta wants.
    public var productName: String
    public var amount: Money
    /// Blank becomes "Cliente".
    public var customerName: String
    public var customerEmail: String
    /// Nil becomes the placeholder of Conekta's own plugin.
    public var customerPhone: String?
    /// At most 100 entries of 249 characters. Frozen once the order is paid, so our purchase id must be in it now.
    public var metadata: [String: String]
    /// Where the bank's page (3-D Secure) sends the buyer's browser back to; nil leaves it there.
    public var returnURL: String?

    public init(
        productName: String,
        amount: Money,
        customerName: String,
        customerEmail: String,
        customerPhone: String? = nil,
        metadata: [String: String],
        returnURL: String? = nil
    ) {
        self.productName = productName
        self.amount = amount
        self.customerName = customerName
        self.customerEmail = customerEmail
        self.customerPhone = customerPhone
        self.metadata = metadata
        self.returnURL = returnURL
    }
}
