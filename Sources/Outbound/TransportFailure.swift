import CCurl

/// Why a request has no answer. It says nothing about whether the request left; the outcome around it does.
public enum TransportFailure: Hashable, Sendable {
    /// The URL, a header or the method cannot be sent: not HTTPS, credentials in the URL, control characters.
    case invalidRequest
    /// As many requests as the client carries at once are under way.
    case tooManyRequests
    /// The host's name has no address, or no name server answers.
    case nameNotResolved
    /// The host refused the connection or there is no way to it.
    case cannotConnect
    /// The TLS handshake failed.
    case tlsFailed
    /// The host's certificate is not valid for it, or not at the time the machine's clock shows.
    case certificateNotTrusted
    /// A time limit passed.
    case timedOut
    /// The connection ended before an answer.
    case connectionLost
    /// The connection ended within the answer.
    case answerCut
    /// The answer is larger than the request allows.
    case answerTooLarge
    /// The answer is not HTTP/1.
    case answerUnreadable
    /// The task that waited for the answer was cancelled.
    case cancelled
    /// The client is shutting down.
    case shuttingDown
    /// Something else, by libcurl's error number.
    case other(curlCode: Int)

    /// Reads libcurl's error number; the meanings are those of `libcurl-errors(3)`.
    init(_ code: CURLcode) {
        switch code {
        case CURLE_URL_MALFORMAT: self = .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST: self = .nameNotResolved
        case CURLE_COULDNT_CONNECT: self = .cannotConnect
        case CURLE_SSL_CONNECT_ERROR: self = .tlsFailed
        case CURLE_PEER_FAILED_VERIFICATION: self = .certificateNotTrusted
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: self = .connectionLost
        case CURLE_PARTIAL_FILE: self = .answerCut
        // The protocol was checked before the request was handed over, so this is an answer without a status line.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: self = .answerUnreadable
        default: self = .other(curlCode: Int(code.rawValue))
        }
    }
}
