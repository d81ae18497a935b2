/// Names a purchase: `pur_` and 26 characters that nobody can guess (128 bits from the system's generator).
///
/// It is the key to see the purchase at `GET /payments/{id}`, the comment of the user on the router and a value in the
/// order's metadata at Conekta, so that each side can be found from the others.
public struct PurchaseID: Hashable, Sendable {
    /// Crockford's base 32: no i, l, o or u, so that it survives being read aloud.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    private static let prefix = "pur_"
    private static let randomLength = 26

    public let text: String

    /// Nil unless the text has the shape of a purchase's name.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), text.count == Self.prefix.count + Self.randomLength,
            text.dropFirst(Self.prefix.count).allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.text = text
    }

    public init(using generator: inout some RandomNumberGenerator) {
        text = Self.prefix + String((0..<Self.randomLength).map { _ in Self.character(using: &generator) })
    }

    private static func character(using generator: inout some RandomNumberGenerator) -> Character {
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
    }
}

extension PurchaseID: CustomStringConvertible {
    public var description: String { text }
}
