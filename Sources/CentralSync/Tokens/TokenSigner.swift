import Crypto
import Foundation
import Shared

/// Makes and checks the JWTs of one kind (RFC 7519, HMAC-SHA-256).
///
/// We read only what we wrote. The header is therefore compared whole with the one we write: no other algorithm, no
/// other type, no `crit`, and a `kid` is never looked up (reference `reliability.md` §6.2).
struct TokenSigner: Sendable {
    private static let registered: Set<String> = ["iss", "aud", "sub", "jti", "iat", "exp"]
    private static let maximumLength = 2_048

    private let kind: TokenKind
    private let key: SymmetricKey
    private let header: String

    init(kind: TokenKind, secret: Secret<String>) {
        self.kind = kind
        key = SymmetricKey(data: Data(secret.reveal().utf8))
        let name = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("fichas key id".utf8), outputByteCount: 6)
        let keyID = Base64URL.encode(name.withUnsafeBytes(Array.init))
        header = Base64URL.encode(#"{"alg":"HS256","kid":"\#(keyID)","typ":"\#(kind.type)"}"#.utf8)
    }

    /// - Throws: What encoding throws.
    func sign(_ claims: TokenClaims) throws -> Secret<String> {
        var members: [String: JSONValue] = claims.extra.mapValues(JSONValue.string)
        members["iss"] = .string(kind.issuer)
        members["aud"] = .string(kind.audience)
        members["sub"] = .string(claims.subject)
        members["jti"] = .string(claims.id)
        members["iat"] = .integer(claims.issuedAt.milliseconds / 1_000)
        members["exp"] = .integer(claims.expiresAt.milliseconds / 1_000)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let signed = header + "." + Base64URL.encode(try encoder.encode(members))
        let code = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key)
        return Secret(signed + "." + Base64URL.encode(code))
    }

    func verify(_ token: String, now: Timestamp) throws(TokenError) -> TokenClaims {
        guard token.utf8.count <= Self.maximumLength else { throw .foreign }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == header else { throw .foreign }
        guard let code = Base64URL.decode(parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                code,
                authenticating: Data("\(parts[0]).\(parts[1])".utf8),
                using: key
            )
        else { throw .forged }
        guard let claims = claims(parts[1]) else { throw .foreign }
        guard now < claims.expiresAt else { throw .expired }
        return claims
    }

    private func claims(_ part: Substring) -> TokenClaims? {
        guard let bytes = Base64URL.decode(part),
            let members = try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes)),
            members["iss"] == .string(kind.issuer), members["aud"] == .string(kind.audience),
            case .string(let subject)? = members["sub"], case .string(let id)? = members["jti"],
            case .integer(let issuedAt)? = members["iat"], case .integer(let expiresAt)? = members["exp"]
        else { return nil }
        let extra = members.filter { !Self.registered.contains($0.key) }.compactMapValues { value -> String? in
            guard case .string(let text) = value else { return nil }
            return text
        }
        return TokenClaims(
            subject: subject,
            id: id,
            issuedAt: Timestamp(seconds: issuedAt),
            expiresAt: Timestamp(seconds: expiresAt),
            extra: extra
        )
    }
}
