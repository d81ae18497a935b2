import Crypto
import Foundation
import Shared

/// One-time codes by time, as authenticator applications make them: RFC 6238 with SHA-1, 30 seconds and 6 digits.
struct TOTP: Sendable {
    static let stepSeconds: Int64 = 30
    static let usualDigits = 6
    static let secretLength = 20

    let secret: Secret<[UInt8]>

    init(secret: Secret<[UInt8]>) {
        self.secret = secret
    }

    /// A new random secret.
    static func random() -> TOTP {
        TOTP(secret: Secret(SymmetricKey(size: .init(bitCount: secretLength * 8)).withUnsafeBytes(Array.init)))
    }

    static func step(at now: Timestamp) -> Int64 {
        now.milliseconds / 1_000 / stepSeconds
    }

    func code(step: Int64, digits: Int = usualDigits) -> String {
        let message = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> ($0 * 8)) }
        let key = SymmetricKey(data: Data(secret.reveal()))
        let digest = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
        // RFC 4226 §5.3: the last four bits say where the four bytes of the number begin.
        let offset = Int(digest[digest.count - 1] & 0x0F)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
        let text = String(UInt64(number) % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is, the one before and the one after included: clocks differ, and typing takes time.
    func matchingStep(_ code: String, now: Timestamp) -> Int64? {
        let current = Self.step(at: now)
        let digits = code.filter { $0 != " " }
        return (current - 1...current + 1).first { self.code(step: $0) == digits }
    }

    /// What an application reads from a QR code.
    func address(email: String) -> Secret<String> {
        let label = "Fichas:" + email
        let name = label.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "Fichas"
        return Secret("otpauth://totp/\(name)?secret=\(Base32.encode(secret.reveal()))&issuer=Fichas")
    }
}
