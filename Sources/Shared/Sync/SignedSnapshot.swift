public import Crypto
public import FoundationEssentials

/// A site document with the centre's signature over its exact bytes, so that nobody between the two can put other keys or
/// prices into a box (Ed25519; reference `reliability.md` §3.2 rule 8).
public struct SignedSnapshot: Sendable, Equatable, Codable {
    /// Why a signed document was not believed.
    public enum Refusal: Error, Equatable {
        /// Not signed by the centre the box was enrolled at, or changed on the way.
        case signature
    }

    /// The document's JSON, byte for byte as it was signed.
    public let payload: String
    /// 64 bytes, Base64.
    public let signature: Data

    public init(payload: String, signature: Data) {
        self.payload = payload
        self.signature = signature
    }

    /// Signs a document.
    ///
    /// - Throws: What the signing throws.
    public init(signing payload: String, with key: Curve25519.Signing.PrivateKey) throws {
        self.init(payload: payload, signature: try key.signature(for: Self.signedBytes(payload)))
    }

    /// The document's JSON, if the centre signed it.
    public func verified(by key: Curve25519.Signing.PublicKey) throws(Refusal) -> Data {
        guard key.isValidSignature(signature, for: Self.signedBytes(payload)) else { throw .signature }
        return Data(payload.utf8)
    }

    /// What is signed begins with its purpose, so that a signature made for anything else is none for this.
    private static func signedBytes(_ payload: String) -> Data {
        Data("fichas site snapshot 1\n".utf8) + Data(payload.utf8)
    }
}
