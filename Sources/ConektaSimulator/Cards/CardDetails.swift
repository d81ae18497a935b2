/// What a charge tells about the card it was made with. The full number is never kept.
public struct CardDetails: Hashable, Sendable, Encodable {
    public enum Brand: String, Sendable, Encodable {
        case visa, mastercard
        case americanExpress = "american_express"
    }

    public let brand: Brand
    public let lastFourDigits: String
    public let holder: String
    /// Two digits.
    public let expiryMonth: String
    /// Two digits.
    public let expiryYear: String

    init(brand: Brand, lastFourDigits: String, holder: String, expiryMonth: String = "12", expiryYear: String = "34") {
        self.brand = brand
        self.lastFourDigits = lastFourDigits
        self.holder = holder
        self.expiryMonth = expiryMonth
        self.expiryYear = expiryYear
    }
}
