import Shared

/// A code for one login without the phone. 120 random bits, so that its plain SHA-256 may be stored (OWASP ASVS 6.5.2).
struct RecoveryCode: Sendable {
    /// How many somebody gets.
    static let count = 10

    let text: Secret<String>

    static func random() -> RecoveryCode {
        RecoveryCode(text: Secret((0..<4).map { _ in RecordID.letters(6) }.joined(separator: "-")))
    }

    /// The digest of what was typed, however it was grouped.
    static func digest(of typed: String) -> SHA256Digest {
        SHA256Digest(of: typed.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    var digest: SHA256Digest { Self.digest(of: text.reveal()) }
}
