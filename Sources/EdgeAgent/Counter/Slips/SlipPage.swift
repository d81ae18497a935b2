import Crypto
import FoundationEssentials

/// A page for the browser's own print dialogue.
struct SlipPage: Sendable, Equatable {
    let html: String
    /// Its content security policy: nothing but its own style, and the box's script behind the button that prints.
    let policy: String

    /// - Parameter style: The exact content of the style element.
    init(html: String, style: String) {
        self.html = html
        let digest = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
        policy =
            "default-src 'none'; style-src 'sha256-\(digest)'; script-src 'self'; form-action 'none'; "
            + "base-uri 'none'; frame-ancestors 'none'"
    }
}
