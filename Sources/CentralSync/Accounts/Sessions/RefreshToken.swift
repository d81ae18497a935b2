import Shared

/// Gets one further access token, once: 260 random bits. Only its SHA-256 is stored.
struct RefreshToken: Sendable {
    let text: Secret<String>

    static func random() -> RefreshToken {
        RefreshToken(text: Secret("frt_" + RecordID.letters(52)))
    }

    var digest: SHA256Digest { SHA256Digest(of: text.reveal()) }
}
