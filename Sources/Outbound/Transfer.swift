import CCurl
import Shared
import Synchronization

/// One request on its way through libcurl: its easy handle, and what has been received so far.
///
/// @unchecked because all but `isCancelled` belongs to whoever holds the transfer at the time: the caller until it is
/// submitted, then the loop's thread alone. The loop's lock stands between the two.
final class Transfer: @unchecked Sendable {
    /// libcurl itself bounds one header line only.
    private static let maximumHeaderBytes = 65_536

    /// Set before the loop is told, so that a cancellation that overtakes its own submission is not lost.
    let isCancelled = Atomic(false)
    var continuation: CheckedContinuation<TransferEnd, Never>?
    private(set) var easy: UnsafeMutableRawPointer?

    private let request: OutboundRequest
    private let destination: Destination
    private let trustedCertificates: String?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var headers: [String: String] = [:]
    private var headerBytes = 0
    private var headersAreWhole = false
    private var body: [UInt8] = []
    private var isTooLarge = false

    init(_ request: OutboundRequest, destination: Destination, trustedCertificates: String?) {
        self.request = request
        self.destination = destination
        self.trustedCertificates = trustedCertificates
    }

    /// Makes the easy handle. Anything but `CURLE_OK` means that the request cannot be sent.
    func prepare() -> CURLcode {
        guard let handle = curl_easy_init() else { return CURLE_OUT_OF_MEMORY }
        easy = handle
        var options = EasyOptions(handle)
        options.apply(request, destination: destination, trustedCertificates: trustedCertificates)
        headerList = options.setHeaders(request)
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.check(ccurl_set_body_receiver(handle, receiveBody, context))
        options.check(ccurl_set_header_receiver(handle, receiveHeader, context))
        return options.failure
    }

    /// Frees what libcurl holds and tells the caller how the request ended. The handle must be out of the multi handle.
    func finish(_ end: TransferEnd) {
        if let easy { curl_easy_cleanup(easy) }
        curl_slist_free_all(headerList)
        easy = nil
        headerList = nil
        continuation?.resume(returning: end)
        continuation = nil
    }

    /// How the transfer ended by libcurl's account.
    func end(_ code: CURLcode) -> TransferEnd {
        let status = easy.map { ccurl_get_long($0, CURLINFO_RESPONSE_CODE) } ?? 0
        if code == CURLE_OK && headersAreWhole && status >= 200 {
            return end(.answered(OutboundResponse(status: status, headers: headers, body: body)), code)
        }
        // libcurl is content with a connection that ends inside the headers.
        let failure = code == CURLE_OK ? .answerCut : TransportFailure(code)
        return end(failed: isTooLarge ? .answerTooLarge : failure, code)
    }

    /// How the transfer ended when it was us who ended it.
    func end(failed failure: TransportFailure, _ code: CURLcode = CURLE_OK) -> TransferEnd {
        let sent = easy.map { ccurl_get_long($0, CURLINFO_REQUEST_SIZE) } ?? 0
        return end(.failed(failure, requestBytes: sent), code)
    }

    private func end(_ outcome: OutboundOutcome, _ code: CURLcode) -> TransferEnd {
        guard let easy else { return TransferEnd(outcome: outcome, curlCode: Int(code.rawValue)) }
        return TransferEnd(
            outcome: outcome,
            curlCode: Int(code.rawValue),
            osError: ccurl_get_long(easy, CURLINFO_OS_ERRNO),
            requestBytes: ccurl_get_long(easy, CURLINFO_REQUEST_SIZE),
            milliseconds: Int(ccurl_get_offset(easy, CURLINFO_TOTAL_TIME_T) / 1_000)
        )
    }

    /// Takes a piece of the body; false when there is too much of it.
    fileprivate func take(body piece: UnsafeRawBufferPointer) -> Bool {
        guard body.count + piece.count <= request.maximumResponseBytes else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: piece)
        return true
    }

    /// Takes one header line; false when there are too many.
    fileprivate func take(header line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Self.maximumHeaderBytes else {
            isTooLarge = true
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // An interim answer (100, 103) may come first; only the last head counts.
            headers = [:]
            headersAreWhole = false
        } else if let colon = text.firstIndex(of: ":") {
            headers[text[..<colon].lowercased()] = trimmed(text[text.index(after: colon)...])
        } else if text.allSatisfy(\.isNewline) {
            headersAreWhole = true
        }
        return true
    }
}

private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    receive(bytes, size * count, context) { $0.take(body: $1) }
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    receive(bytes, size * count, context) { $0.take(header: $1) }
}

/// Any answer but the number of bytes handed over makes libcurl give the transfer up.
private func receive(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?,
    _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
) -> Int {
    guard let bytes, let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}
