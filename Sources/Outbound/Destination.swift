import CCurl
import Glibc

/// Where a request may go, read by the parser that will also make the connection.
struct Destination: Hashable {
    /// What libcurl may speak: `https` or `http`.
    let protocols: String
    /// The host's name or address, for logs.
    let host: String

    /// Nil unless the URL is absolute `https`, or `http` to a loopback host, and holds no user and no password.
    ///
    /// - Parameter allowsPlainHTTP: `http` may go to any host.
    init?(url: String, allowsPlainHTTP: Bool = false) {
        guard let parsed = curl_url() else { return nil }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
            Self.part(CURLUPART_USER, of: parsed) == nil,
            Self.part(CURLUPART_PASSWORD, of: parsed) == nil,
            let scheme = Self.part(CURLUPART_SCHEME, of: parsed),
            let host = Self.part(CURLUPART_HOST, of: parsed)
        else { return nil }
        guard scheme == "https" || (scheme == "http" && (allowsPlainHTTP || Self.isLoopback(host))) else { return nil }
        protocols = scheme
        self.host = host
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// libcurl answers `localhost` by itself, without asking a name server.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    }
}
