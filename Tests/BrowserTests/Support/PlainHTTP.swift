import Dispatch
import Foundation

/// HTTP exchanges with a server on this machine over plain sockets, exactly as they are.
///
/// Not URLSession: it refuses the driver's header lines, which have no space after the colon, and follows redirections.
struct PlainHTTP: Sendable {
    struct Answer: Sendable {
        let status: Int
        /// Names in lower case.
        let headers: [String: String]
        let body: Data
    }

    let port: UInt16

    /// - Throws: `WebDriverError` when there is no answer or it is cut.
    func exchange(
        _ method: String,
        _ path: String,
        contentType: String = "application/json; charset=utf-8",
        body: Data = Data()
    ) async throws -> Answer {
        let port = port
        let head = [
            "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close", "Accept: text/html",
            "Content-Type: \(contentType)", "Content-Length: \(body.count)", "", "",
        ]
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
            guard count > 0 else { throw WebDriverError(status: 0, body: "the answer was cut: errno \(errno)") }
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
            throw WebDriverError(status: 0, body: "no connection to the driver: errno \(errno)")
        }
        return socket
    }

    private static func send(_ data: Data, over socket: Int32) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw WebDriverError(status: 0, body: "the driver hung up: errno \(errno)") }
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
        guard body.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 else { return nil }
        return Answer(status: status, headers: headers, body: body)
    }
}
