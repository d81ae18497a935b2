import CCurl
import Glibc
import Shared

/// Sets a request's options on an easy handle, remembering the first that libcurl refuses.
struct EasyOptions {
    private(set) var failure = CURLE_OK
    private let easy: UnsafeMutableRawPointer

    init(_ easy: UnsafeMutableRawPointer) {
        self.easy = easy
    }

    /// Sets everything but the headers and what receives the answer. Why each: reference `swift.md` §5.
    mutating func apply(_ request: OutboundRequest, destination: Destination, trustedCertificates: String?) {
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, destination.protocols)
        set(CURLOPT_FOLLOWLOCATION, 0)
        // An empty proxy also keeps libcurl from looking for one in the environment.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        set(CURLOPT_NOSIGNAL, 1)
        // Without it, giving up a transfer whose name is still being looked up waits for the name server, and with it
        // every other request on the thread.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let trustedCertificates { set(CURLOPT_CAINFO, trustedCertificates) }
        if request.neverReusesConnection {
            set(CURLOPT_FRESH_CONNECT, 1)
            set(CURLOPT_FORBID_REUSE, 1)
        }
        apply(request.timeouts)
        switch request.method {
        case .get: set(CURLOPT_HTTPGET, 1)
        case .post:
            set(CURLOPT_POST, 1)
            let body = request.body?.reveal() ?? []
            check(body.withUnsafeBytes { ccurl_set_body(easy, $0.baseAddress, $0.count) })
        }
    }

    private mutating func apply(_ timeouts: OutboundRequest.Timeouts) {
        // 0 would mean libcurl's default of five minutes for the first and no limit at all for the second.
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(timeouts.connect.wholeMilliseconds)))
        set(CURLOPT_TIMEOUT_MS, max(1, Int(timeouts.total.wholeMilliseconds)))
        if let stall = timeouts.stall {
            set(CURLOPT_LOW_SPEED_LIMIT, 1)
            set(CURLOPT_LOW_SPEED_TIME, max(1, Int(stall.inSeconds.rounded(.up))))
        }
    }

    /// Sets the headers and returns their list, which must live as long as the handle.
    mutating func setHeaders(_ request: OutboundRequest) -> UnsafeMutablePointer<curl_slist>? {
        var lines = request.headers.map { "\($0.key): \($0.value.reveal())" }
        // Ours to keep away: a pause that waits for "100 Continue", and a form's content type on what is no form.
        lines.append("Expect:")
        if !request.headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                check(CURLE_OUT_OF_MEMORY)
                break
            }
            list = longer
        }
        check(ccurl_set_list(easy, CURLOPT_HTTPHEADER, list))
        return list
    }

    mutating func check(_ code: CURLcode) {
        if failure == CURLE_OK { failure = code }
    }

    private mutating func set(_ option: CURLoption, _ value: Int) {
        check(ccurl_set_long(easy, option, value))
    }

    private mutating func set(_ option: CURLoption, _ value: String) {
        check(ccurl_set_string(easy, option, value))
    }
}

extension OutboundRequest {
    /// False when a header could break out of its line or would make libcurl leave it out.
    var headersAreValid: Bool {
        headers.allSatisfy { name, value in
            let value = value.reveal().utf8
            return !name.isEmpty && name.utf8.allSatisfy { isalnum(Int32($0)) != 0 || $0 == UInt8(ascii: "-") }
                && value.contains { $0 != UInt8(ascii: " ") } && value.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        }
    }
}
