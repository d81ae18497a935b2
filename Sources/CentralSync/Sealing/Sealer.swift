import Crypto
import Foundation
import Shared

/// Seals secrets before they go into the database (AES-256-GCM, a random nonce each), and opens them.
struct Sealer: Sendable {
    private static let version: UInt8 = 1
    private static let keyIDLength = 7
    private static let nonceLength = 12
    private static let tagLength = 16

    private let key: SymmetricKey
    /// Tells one master key from another and gives nothing away about it.
    private let keyID: [UInt8]

    /// - Parameter masterKey: A text of enough entropy (``SecretStrength``); the keys are derived from it.
    init(masterKey: Secret<String>) {
        let material = SymmetricKey(data: Data(masterKey.reveal().utf8))
        key = Self.derive(material, "fichas sealing", 32)
        keyID = Self.derive(material, "fichas sealing key id", Self.keyIDLength).withUnsafeBytes(Array.init)
    }

    /// - Throws: What the cipher throws; it has no reason to.
    func seal(_ secret: Secret<String>, for context: SealingContext) throws -> Sealed {
        try seal(Secret(Array(secret.reveal().utf8)), for: context)
    }

    /// - Throws: What the cipher throws; it has no reason to.
    func seal(_ secret: Secret<[UInt8]>, for context: SealingContext) throws -> Sealed {
        let box = try AES.GCM.seal(secret.reveal(), using: key, authenticating: context.bytes)
        return Sealed(bytes: [Self.version] + keyID + Array(box.nonce) + box.ciphertext + box.tag)
    }

    /// What was sealed as bytes.
    func open(_ sealed: Sealed, for context: SealingContext) throws(SealingError) -> Secret<[UInt8]> {
        let bytes = sealed.bytes
        let header = 1 + Self.keyIDLength
        guard bytes.count >= header + Self.nonceLength + Self.tagLength, bytes[0] == Self.version else {
            throw .damaged
        }
        guard Array(bytes[1..<header]) == keyID else { throw .otherKey }
        do {
            let box = try AES.GCM.SealedBox(combined: bytes[header...])
            return Secret(Array(try AES.GCM.open(box, using: key, authenticating: context.bytes)))
        } catch {
            throw .damaged
        }
    }

    /// What was sealed as text.
    func openText(_ sealed: Sealed, for context: SealingContext) throws(SealingError) -> Secret<String> {
        guard let text = String(validating: try open(sealed, for: context).reveal(), as: UTF8.self) else {
            throw .damaged
        }
        return Secret(text)
    }

    /// Makes sure that a database's secrets were sealed with this key: the first centre leaves the key's name there.
    ///
    /// - Throws: ``SealingError/otherKey``; ``CentralDatabaseError``.
    func checkKey(of database: any CentralDatabase) async throws {
        let number = keyID.reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let known = try await database.write { session in
            try session.execute(
                "INSERT INTO counter (name, value) VALUES ('sealing_key', $1) ON CONFLICT (name) DO NOTHING",
                [.integer(number)]
            )
            return try session.first("SELECT value FROM counter WHERE name = 'sealing_key'")?.integer("value")
        }
        guard known == number else { throw SealingError.otherKey }
    }

    private static func derive(_ material: SymmetricKey, _ purpose: String, _ length: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: material, info: Data(purpose.utf8), outputByteCount: length)
    }
}
