import Foundation
import Glibc

/// One connection of a `RawServer`: blocking reads and writes on a thread of its own.
struct RawConnection {
    private let socket: Int32
    private let number: Int
    private var buffer: [UInt8] = []

    init(_ socket: Int32, number: Int) {
        self.socket = socket
        self.number = number
    }

    /// The next request; nil when the connection ends or what arrives is not HTTP.
    mutating func readRequest(withBody: Bool) -> RawRequest? {
        let end = Array("\r\n\r\n".utf8)
        var headEnd = firstRange(of: end)
        while headEnd == nil {
            // A TLS handshake. A plain HTTP server would answer that it does not understand.
            if buffer.first == 0x16 {
                write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return nil
            }
            guard readMore() else { return nil }
            headEnd = firstRange(of: end)
        }
        guard let headEnd else { return nil }
        let lines = String(decoding: buffer[..<headEnd.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeFirst(headEnd.upperBound)
        let start = lines[0].split(separator: " ").map(String.init)
        guard start.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
        }
        var body: [UInt8] = []
        if withBody, let length = headers["content-length"].flatMap({ Int($0) }) {
            while buffer.count < length { guard readMore() else { return nil } }
            body = Array(buffer[..<length])
            buffer.removeFirst(length)
        }
        return RawRequest(
            connection: number,
            method: start[0],
            path: start[1],
            headers: headers,
            body: String(decoding: body, as: UTF8.self)
        )
    }

    func write(_ text: String) {
        var rest = ArraySlice(text.utf8)
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest.removeFirst(count)
        }
    }

    /// Writes a byte at a time until all is written or the other side goes away.
    mutating func drip(_ text: String, everyMilliseconds pause: Int32) {
        for byte in text.utf8 {
            write(String(UnicodeScalar(byte)))
            var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, pause) > 0, !readMore() { return }
        }
    }

    mutating func readToEnd() {
        while readMore() { buffer = [] }
    }

    private mutating func readMore() -> Bool {
        var piece = [UInt8](repeating: 0, count: 16_384)
        let count = recv(socket, &piece, piece.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: piece[..<count])
        return true
    }

    private func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        guard buffer.count >= pattern.count else { return nil }
        return (0...(buffer.count - pattern.count))
            .first { buffer[$0..<($0 + pattern.count)].elementsEqual(pattern) }
            .map { $0..<($0 + pattern.count) }
    }
}
