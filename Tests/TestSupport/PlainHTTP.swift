import Dispatch
public import Foundation

/// HTTP exchanges with a server on this machine over plain sockets, exactly as they are.
///
/// Not URLSession: it was seen to crash when the server dies under many requests, it refuses the driver's header lines, which have no space after the colon, and follows redirections.
public struct PlainHTTP: Sendable {
    public struct Answer: Sendable {
        public let status: Int
        /// Names in lower case.
        public let headers: [String: String]
        public let body: Data
    }

    /// There was no answer, or not all of it.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    let port: UInt16

    public init(port: UInt16) {
        self.port = port
    }

    /// - Throws: `Failure` when there is no answer or it is cut.
    public func exchange(
        _ method: String,
        _ path: String,
        contentType: String = "application/json; charset=utf-8",
        accept: String = "text/html",
        headers: [String: String] = [:],
        body: Data = Data()
    ) async throws -> Answer {
        let port = port
        let head =
            [
                "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close", "Accept: \(accept)",
                "Content-Type: \(contentType)", "Content-Length: \(body.count)",
            ] + headers.map { "\($0.key): \($0.value)" } + ["", ""]
        let request = Data(head.joined(separator: "\r\n").utf8) + body
        return try await withCheckedThrowingContinuation { continuation in
            // The calls block, so they stay off the threads of the tests.
            DispatchQueue.global().async {
                continuation.resume(with: Result { try Self.exchange(port, request) })
            }
        }
    }

    private static func exchange(_ port: UInt16, _ request: Data) throws -> Answer {
        let socket = try connected(to: port)
        defer { close(socket) }
        try send(request, over: socket)
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let answer = answer(in: received) { return answer }
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw Failure(description: "the answer was cut: errno \(errno)") }
            received.append(contentsOf: buffer[..<count])
        }
    }

    private static func connected(to port: UInt16) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 90, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            throw Failure(description: "no connection: errno \(errno)")
        }
        return socket
    }

    private static func send(_ data: Data, over socket: Int32) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "the server hung up: errno \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// Nil while it is not whole.
    private static func answer(in received: Data) -> Answer? {
        guard let end = received.firstRange(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let headers = lines.dropFirst().reduce(into: [String: String]()) { headers, line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let body = received[end.upperBound...]
        if headers["transfer-encoding"] == "chunked" {
            return dechunked(body).map { Answer(status: status, headers: headers, body: $0) }
        }
        guard body.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 else { return nil }
        return Answer(status: status, headers: headers, body: body)
    }

    /// A body that came in pieces, each after its length; nil while the last one is not there.
    private static func dechunked(_ received: Data) -> Data? {
        var (rest, body) = (received, Data())
        while let end = rest.firstRange(of: Data("\r\n".utf8)) {
            guard let length = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) else {
                return nil
            }
            rest = rest[end.upperBound...]
            guard rest.count >= length + 2 else { return nil }
            if length == 0 { return body }
            body += rest.prefix(length)
            rest = rest.dropFirst(length + 2)
        }
        return nil
    }
}
