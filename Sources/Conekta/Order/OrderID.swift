/// Conekta's name for an order, `ord_…`.
///
/// It goes into URLs and logs, so only what Conekta's ids are made of is accepted: ASCII letters, digits, `_` and `-`.
public struct OrderID: Hashable, Sendable {
    public let text: String

    /// Nil unless the text is 1 to 64 of the accepted characters.
    public init?(_ text: String) {
        guard let plain = PlainText.identifier(text, limit: 64) else { return nil }
        self.text = plain
    }
}

extension OrderID: CustomStringConvertible {
    public var description: String { text }
}

extension OrderID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = OrderID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an order id")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
