import ServerKit
import Shared

/// Which passwords people may choose: long ones that are not on everybody's list. No rules about kinds of characters and
/// no expiry (OWASP ASVS 5.0, 6.2.1–6.2.10).
enum PasswordRules {
    static let maximumLength = 128

    /// A cajero types it at a counter many times a day, reaches little with it, and guessing is limited.
    static func minimumLength(for role: Role) -> Int {
        role == .cajero ? 8 : 12
    }

    /// - Parameter field: The name of the member it came in.
    /// - Throws: `APIError` 422.
    static func check(_ password: Secret<String>, role: Role, email: String, field: String) throws(APIError) {
        let text = password.reveal()
        let minimum = minimumLength(for: role)
        guard text.count >= minimum else { throw .invalidField(field, "debe tener al menos \(minimum) caracteres") }
        guard text.count <= maximumLength, text.utf8.count <= 4 * maximumLength else {
            throw .invalidField(field, "debe tener a lo más \(maximumLength) caracteres")
        }
        let name = email.prefix { $0 != "@" }
        let tellsName = name.count >= 4 && text.lowercased().contains(name)
        guard !CommonPasswords.contains(text), !SecretStrength.isExample(text), !tellsName,
            SecretStrength.bits(of: text) >= 16
        else { throw .invalidField(field, "es demasiado fácil de adivinar") }
    }

    /// A password for somebody else, to be changed at the first login: 80 random bits in groups that can be read aloud.
    static func temporary() -> Secret<String> {
        Secret((0..<4).map { _ in RecordID.letters(4) }.joined(separator: "-"))
    }
}
