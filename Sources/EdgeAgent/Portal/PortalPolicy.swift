import Crypto
import FoundationEssentials

/// The content security policies of the pages: nothing but the inline style, and on the card page what Conekta's
/// form needs (reference `conekta.md` §6.3, §12).
struct PortalPolicy: Sendable {
    /// Of every page but the two with a script.
    let pages: String
    /// Of the page for a code.
    let codePage: String
    let cardPage: String

    /// - Parameters:
    ///   - style: The exact content of the style element.
    ///   - tokenizerURL: The script of Conekta's card form.
    /// - Throws: `PortalError.tokenizerURL`.
    init(style: String, tokenizerURL: String) throws(PortalError) {
        guard let origin = Self.origin(of: tokenizerURL) else { throw .tokenizerURL }
        let digest = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
        let frame = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        let own = "default-src 'none'; style-src 'sha256-\(digest)'; "
        pages = own + frame
        codePage = own + "script-src 'self'; " + frame
        cardPage =
            own
            + "script-src 'self' \(origin); frame-src \(origin) https://*.conekta.com; "
            // The component may ask its own servers from our page; nothing else can be reached from it.
            + "connect-src \(origin) https://*.conekta.com https://*.conekta.io; " + frame
    }

    /// `https://host:port`; nil for what is not an address of the web. The parts are checked by the URL parser, so no
    /// separator of policies can be among them.
    private static func origin(of text: String) -> String? {
        guard let url = URL(string: text), let scheme = url.scheme, scheme == "https" || scheme == "http",
            let host = url.host(),
            host.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") })
        else { return nil }
        return "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
    }
}
