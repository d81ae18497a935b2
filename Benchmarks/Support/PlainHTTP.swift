import Foundation
import Glibc

/// One request on a connection of its own by blocking calls, from any address of the loopback network: to the box each
/// address is another phone.
enum PlainHTTP {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Answer: Sendable {
        let status: Int
        let bytes: [UInt8]

        var body: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// - Parameter head: The request's first line and its fields, without `Host`.
    /// - Throws: `Failure` when there is no whole answer within 30 s.
    static func send(_ head: [String], body: String = "", to port: UInt16, from source: String) throws -> Answer {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        try call("bind", bind, socket, source, 0)
        try call("connect", connect, socket, "127.0.0.1", port)
        var lines = head
        lines.insert("Host: 127.0.0.1:\(port)", at: 1)
        if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
        try write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, to: socket)
        return try read(from: socket)
    }

    /// From another address than the server's: asking a port where nobody listens yet, again and again, meets itself
    /// sooner or later, and then nobody else can have the port.
    static func get(_ path: String, headers: [String] = [], from port: UInt16) throws -> Answer {
        try send(["GET \(path) HTTP/1.1"] + headers, to: port, from: "127.0.0.2")
    }

    private static func call(
        _ name: String,
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32,
        _ socket: Int32,
        _ host: String,
        _ port: UInt16
    ) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(description: "\(name) \(host):\(port): errno \(errno)") }
    }

    private static func write(_ text: String, to socket: Int32) throws {
        var rest = ArraySlice(text.utf8)
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failure(description: "send: errno \(errno)") }
            rest.removeFirst(count)
        }
    }

    private static func read(from socket: Int32) throws -> Answer {
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            if let answer = whole(received) { return answer }
            let count = recv(socket, &piece, piece.count, 0)
            guard count > 0 else { throw Failure(description: "recv: \(count), errno \(errno)") }
            received += piece[..<count]
        }
    }

    /// The answer once all of it is there; its length must be given by `Content-Length`.
    private static func whole(_ received: [UInt8]) -> Answer? {
        guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self).lowercased()
        guard let length = head.firstMatch(of: /content-length: (\d+)/).flatMap({ Int($0.output.1) }),
            received.count - end.upperBound >= length,
            let status = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return Answer(status: status, bytes: Array(received[end.upperBound...]))
    }
}
