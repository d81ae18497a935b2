import HTTPTypes
import Hummingbird
import ServerKit
import Shared

/// Tells which box asks, by its credential. No other kind of token opens what is behind it.
struct BoxGate: Sendable {
    let database: any CentralDatabase

    /// - Throws: `APIError` 401 for no credential of ours, 403 for a box that was blocked.
    func box(of request: Request) async throws -> Box {
        try await box(showing: try credential(of: request))
    }

    /// - Throws: As ``box(of:)``.
    func box(showing credential: SHA256Digest) async throws -> Box {
        guard let box = try await database.read({ try BoxStore.box(credential: credential, in: $0) }) else {
            throw APIError.boxCredentialInvalid
        }
        guard !box.isBlocked else { throw APIError.boxBlocked }
        return box
    }

    /// The digest of what is shown as a credential; whether it is one, ``box(showing:)`` tells.
    ///
    /// - Throws: `APIError` 401 for what cannot be one.
    func credential(of request: Request) throws(APIError) -> SHA256Digest {
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer fcb_"), header.utf8.count <= 128
        else { throw APIError.boxCredentialInvalid }
        return SHA256Digest(of: header.dropFirst("Bearer ".count).utf8)
    }

    /// A fresh credential: 256 random bits, so a plain digest of it is enough to recognise it by.
    static func newCredential() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return "fcb_" + SHA256Digest.hexadecimal(of: bytes)
    }
}

extension APIError {
    fileprivate static var boxCredentialInvalid: APIError {
        .unauthorized(
            code: "box_credential_invalid",
            message: "La credencial de la caja no es válida. Hay que darla de alta otra vez.",
            challenge: "invalid_token"
        )
    }

    /// 403: a person decided that this box may not talk to us any more.
    static var boxBlocked: APIError {
        APIError(.forbidden, code: "box_blocked", message: "Esta caja fue bloqueada por un administrador.")
    }
}
