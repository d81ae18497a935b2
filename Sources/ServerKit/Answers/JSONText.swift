public import Hummingbird

/// Writes JSON from the first byte to the last, for the few answers whose length makes an encoder's tree of the whole
/// too dear. Members come in the order in which they are written.
public struct JSONText: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// Whether what comes next in this object or array comes after something.
    private var hasBefore = false

    /// - Parameter capacity: In bytes, about what will be written.
    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    public mutating func object(_ members: (inout JSONText) -> Void) {
        nested(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    public mutating func array<Element>(_ elements: [Element], _ write: (inout JSONText, Element) -> Void) {
        nested(UInt8(ascii: "["), UInt8(ascii: "]")) { text in
            for element in elements { write(&text, element) }
        }
    }

    /// The name of a member, whose value has to be written next.
    public mutating func name(_ name: String) {
        separate()
        append(name)
        bytes.append(UInt8(ascii: ":"))
        hasBefore = false
    }

    public mutating func member(_ name: String, _ value: Int64) {
        self.name(name)
        integer(value)
    }

    /// - Parameter value: Nil is left out, as encoders leave it out.
    public mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        self.name(name)
        string(value)
    }

    public mutating func integer(_ value: Int64) {
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    public mutating func string(_ value: String) {
        separate()
        append(value)
    }

    /// The answer with what was written as its body.
    public func response() -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private mutating func nested(_ open: UInt8, _ close: UInt8, _ content: (inout JSONText) -> Void) {
        separate()
        bytes.append(open)
        hasBefore = false
        content(&self)
        bytes.append(close)
        hasBefore = true
    }

    private mutating func separate() {
        if hasBefore { bytes.append(UInt8(ascii: ",")) }
        hasBefore = true
    }

    /// What may not stand in a JSON string is escaped (RFC 8259 §7).
    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
