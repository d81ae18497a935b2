import Crypto
import Foundation
import Shared

@testable import EdgeAgent

extension CentreCredential {
    /// Of a box that was enrolled at a centre in memory.
    static func forTests(centreURL: String) throws -> CentreCredential {
        let key = Curve25519.Signing.PrivateKey().publicKey
        let reply = #"""
            {"empresa_id":"emp_1","site_id":"site_1","box_id":"box_1","credential":"fcb_1","epoch":1,
             "signing_key":"\#(SHA256Digest.hexadecimal(of: Array(key.rawRepresentation)))"}
            """#
        return try CentreCredential(
            JSONDecoder().decode(Enrolment.Reply.self, from: Data(reply.utf8)),
            centreURL: centreURL
        )
    }
}

extension OutboxStore {
    /// Gives a new box's history the name it was enrolled under.
    func begin(_ credential: CentreCredential) async throws {
        try await begin(
            epoch: 1,
            incarnation: String(repeating: "a", count: 32),
            boxID: credential.boxID,
            site: credential.site
        )
    }
}
