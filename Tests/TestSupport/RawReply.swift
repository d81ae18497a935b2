/// What a `RawServer` does with a request it has read.
public enum RawReply: Sendable {
    /// Sends the text and reads the next request.
    case send(String)
    /// Sends the text and closes the connection in order (FIN).
    case sendThenClose(String)
    /// Sends the text and breaks the connection (RST).
    case sendThenReset(String)
    /// Sends the text a byte at a time.
    case drip(String, everyMilliseconds: Int32)
    /// Says nothing until the other side goes away.
    case silence

    /// A whole HTTP/1.1 answer.
    public static func http(_ status: Int, _ body: String = "", headers: [String: String] = [:]) -> RawReply {
        .send(httpText(status, body, headers: headers))
    }

    /// The text of a whole HTTP/1.1 answer, for replies that send only a part of it.
    public static func httpText(_ status: Int, _ body: String, headers: [String: String] = [:]) -> String {
        let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        return "HTTP/1.1 \(status) Status\r\n\(lines)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
