import FoundationEssentials
import Shared

/// What every call must bring before it is looked at: a key and the version of the API.
struct Gatekeeper {
    let account: ConektaAccount

    /// Throws 401 for a missing or wrong key and 409 for another version (reference `conekta.md` §1).
    func admit(_ call: ConektaCall) throws(ConektaRejection) {
        guard let key = key(of: call.request), !key.isEmpty else { throw .missingKey }
        let expected = call.endpoint == .createToken ? account.publicKey : account.privateKey.reveal()
        guard key == expected else { throw .unrecognizedKey }
        let accepted = call.request.headers["accept"] ?? ""
        guard accepted.contains("application/vnd.conekta-v2.3.0+json") else { throw .versionConflict }
    }

    /// The key of `Authorization: Bearer key`, or the user of `Basic`.
    private func key(of request: ConektaRequest) -> String? {
        let parts = (request.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return parts[1]
        case "basic":
            guard let data = Data(base64Encoded: parts[1]) else { return nil }
            return String(decoding: data, as: UTF8.self).split(separator: ":").first.map(String.init)
        default: return nil
        }
    }
}
