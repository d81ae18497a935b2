/// Where a receipt printer listens: an address of the local network, by number.
///
/// Whoever may name the printer could otherwise have the box send to any machine on the internet, and a name could mean
/// another machine tomorrow. The box itself may stand for a printer on its USB port, behind a program such as `p910nd`.
public struct PrinterAddress: Sendable, Hashable {
    /// Where receipt printers listen for bytes as they are.
    public static let usualPort = 9_100

    /// Four numbers with points between them.
    public let host: String
    /// 1 to 65535.
    public let port: Int

    /// Reads `192.168.88.50` or `192.168.88.50:9100`; nil for anything else, and for addresses that are not local.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 21,
            let numbers = Self.numbers(parts[0]), Self.isLocal(numbers)
        else { return nil }
        if parts.count == 2 {
            guard let port = Self.decimal(parts[1], upTo: 65_535), port > 0 else { return nil }
            self.port = port
        } else {
            port = Self.usualPort
        }
        host = numbers.map(String.init).joined(separator: ".")
    }

    private static func numbers(_ text: Substring) -> [Int]? {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
            .compactMap { decimal($0, upTo: 255) }
        return numbers.count == 4 && text.filter({ $0 == "." }).count == 3 ? numbers : nil
    }

    /// Without a sign, and without the zero in front that makes some programs read it as octal.
    private static func decimal(_ text: Substring, upTo most: Int) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            text == "0" || !text.hasPrefix("0"), let number = Int(text), number <= most
        else { return nil }
        return number
    }

    /// RFC 1918, RFC 3927, and the box itself.
    private static func isLocal(_ address: [Int]) -> Bool {
        switch (address[0], address[1]) {
        case (10, _), (127, _), (172, 16...31), (192, 168), (169, 254): true
        default: false
        }
    }
}

extension PrinterAddress: CustomStringConvertible {
    public var description: String { port == Self.usualPort ? host : "\(host):\(port)" }
}

extension PrinterAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = PrinterAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not an address of the local network by its numbers, such as 192.168.88.50"
            )
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
