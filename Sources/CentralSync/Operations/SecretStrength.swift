import Foundation

/// Whether a secret is one that nobody guesses. An estimate: it catches what people leave in place or type by hand.
enum SecretStrength {
    /// What stands in descriptions, examples and tutorials, in lower case.
    private static let examples = [
        "secreto_api_keys_venta_fichas", "secreto_sesiones_venta_fichas", "claveadminfichas123!",
        "sk_test_xxxx_para_fichas", "pk_test_xxxx_para_fichas",
    ]
    private static let tellingWords = [
        "changeme", "change-me", "change_me", "cambiame", "cámbiame", "example", "ejemplo",
    ]

    static func isExample(_ secret: String) -> Bool {
        let text = secret.lowercased()
        return examples.contains { text.contains($0) } || tellingWords.contains { text.contains($0) }
    }

    /// What is wrong with a key that signs or seals; nil when nothing is. 112 bits are what OWASP ASVS 5.0 (6.5.2) asks of
    /// a secret that no slow hash protects; random hexadecimal of 32 digits measures about that much.
    static func problem(ofKey secret: String) -> String? {
        if isExample(secret) { return "is an example" }
        if secret.utf8.count < 32 { return "is shorter than 32 characters" }
        if bits(of: secret) < 96 { return "is not random enough" }
        return nil
    }

    /// The entropy of the text's own characters, in bits; of one period only when it repeats itself.
    static func bits(of text: String) -> Double {
        let characters = Array(text)
        let period = (1...max(1, characters.count)).first { length in
            characters.indices.allSatisfy { characters[$0] == characters[$0 % length] }
        }
        let once = characters.prefix(period ?? characters.count)
        let counts = Dictionary(once.map { ($0, 1.0) }, uniquingKeysWith: +)
        let total = Double(once.count)
        return counts.values.reduce(0) { $0 - $1 * log2($1 / total) }
    }
}
