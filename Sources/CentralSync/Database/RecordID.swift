/// Names for rows: a word for the kind and 26 characters that nobody can guess (128 bits from the system's generator).
enum RecordID {
    /// Crockford's base 32: no i, l, o or u, so that it survives being read aloud.
    static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// - Parameter kind: `usr` gives `usr_…`.
    static func random(_ kind: String) -> String {
        kind + "_" + letters(26)
    }

    /// Letters and digits of 5 bits each.
    static func letters(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            decoding: (0..<count).map { _ in alphabet[Int(generator.next() & 31)] },
            as: UTF8.self
        )
    }
}
