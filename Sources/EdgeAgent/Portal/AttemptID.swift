/// Names one rendering of the card page. Whatever is posted from it is the same purchase, so a double tap, or a page
/// sent again, charges once.
struct AttemptID: Equatable, Sendable {
    private static let alphabet = Array("0123456789abcdef")
    private static let length = 32

    /// 128 random bits in hexadecimal.
    let text: String

    init(using generator: inout some RandomNumberGenerator) {
        text = String((0..<Self.length).map { _ in Self.alphabet[Int.random(in: 0..<16, using: &generator)] })
    }

    /// Nil unless the text has the shape of one.
    init?(_ text: String) {
        guard text.utf8.count == Self.length, text.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = text
    }

    /// A key no client of the API can have sent: header keys hold no space. Otherwise whoever guessed a client's key
    /// could post it here and be led to that client's purchase.
    var idempotencyKey: String { "portal \(text)" }
}
