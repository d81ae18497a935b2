import Crypto
import FoundationEssentials
import Shared

/// The key the centre signs site documents with: made at the first start, the same for all centres on one database.
enum CentreKeyStore {
    private static let name = "snapshot"

    /// - Throws: ``CentralDatabaseError``; what unsealing throws when the master key is another one than it was.
    static func signingKey(
        _ database: any CentralDatabase,
        sealer: Sealer
    ) async throws -> Curve25519.Signing.PrivateKey {
        let fresh = Curve25519.Signing.PrivateKey()
        let sealed = try sealer.seal(Secret(Array(fresh.rawRepresentation)), for: .signingKey)
        let stored = try await database.write { session in
            try session.execute(
                """
                INSERT INTO centre_key (name, public_key, sealed) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO NOTHING
                """,
                [.text(name), .bytes(Array(fresh.publicKey.rawRepresentation)), .bytes(sealed.bytes)]
            )
            return try session.first("SELECT sealed FROM centre_key WHERE name = $1", [.text(name)])?.bytes("sealed")
        }
        let key = try sealer.open(Sealed(bytes: stored ?? []), for: .signingKey)
        return try Curve25519.Signing.PrivateKey(rawRepresentation: Data(key.reveal()))
    }
}
