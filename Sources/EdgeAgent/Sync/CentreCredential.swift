import Crypto
import Foundation
import Shared

/// What makes a box one of a centre's: a file beside the database, which only the box's user may read.
///
/// Not in the database, so that a backup of the sales holds nobody's credential, and a database that was put back is
/// noticed: it may know another box than this file (reference `reliability.md` §3.3).
struct CentreCredential: Sendable {
    /// The file is there and is not usable.
    struct Unusable: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) is not a box's credential; enrol the box again" }
    }

    /// Without a slash at the end.
    let centreURL: String
    let empresaID: String
    let siteID: String
    let boxID: String
    let secret: Secret<String>
    /// Who signs the site documents of this box.
    let signingKey: Curve25519.Signing.PublicKey

    /// - Throws: ``Unusable`` when the centre's key is none.
    init(_ reply: Enrolment.Reply, centreURL: String) throws {
        guard let key = Self.signingKey(reply.signingKey) else { throw Unusable(path: "the centre's answer") }
        self.centreURL = centreURL
        empresaID = reply.empresaID
        siteID = reply.siteID
        boxID = reply.boxID
        secret = reply.credential
        signingKey = key
    }

    /// Which site's events the database may hold.
    var site: String { "\(empresaID)/\(siteID)" }

    // MARK: The file

    private struct File: Decodable {
        let centreURL: String
        let empresaID: String
        let siteID: String
        let boxID: String
        let credential: Secret<String>
        let signingKey: String

        enum CodingKeys: String, CodingKey {
            case credential
            case centreURL = "centre_url"
            case empresaID = "empresa_id"
            case siteID = "site_id"
            case boxID = "box_id"
            case signingKey = "signing_key"
        }
    }

    /// Reads the file; nil when there is none.
    ///
    /// - Throws: ``Unusable``; Foundation's error when the file may not be read.
    init?(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data = try Data(contentsOf: URL(filePath: path))
        guard let file = try? JSONDecoder().decode(File.self, from: data), let key = Self.signingKey(file.signingKey)
        else { throw Unusable(path: path) }
        centreURL = file.centreURL
        empresaID = file.empresaID
        siteID = file.siteID
        boxID = file.boxID
        secret = file.credential
        signingKey = key
    }

    /// Writes the file whole or not at all, and makes it durable.
    ///
    /// - Throws: Foundation's errors.
    func write(to path: String) throws {
        let members: [String: String] = [
            "centre_url": centreURL, "empresa_id": empresaID, "site_id": siteID, "box_id": boxID,
            "credential": secret.reveal(),
            "signing_key": SHA256Digest.hexadecimal(of: Array(signingKey.rawRepresentation)),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let temporary = path + ".new"
        try? FileManager.default.removeItem(atPath: temporary)
        let isMade = FileManager.default.createFile(
            atPath: temporary,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else { throw CocoaError(.fileWriteNoPermission) }
        let file = try FileHandle(forWritingTo: URL(filePath: temporary))
        try file.write(contentsOf: encoder.encode(members))
        try file.synchronize()
        try file.close()
        guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    private static func signingKey(_ hexadecimal: String) -> Curve25519.Signing.PublicKey? {
        // 32 bytes, as a digest has.
        guard let bytes = SHA256Digest(hexadecimal: hexadecimal)?.bytes else { return nil }
        return try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
    }
}
