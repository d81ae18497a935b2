import Glibc

/// What a receipt printer makes of bytes: a cheap one, which reads Chinese until it is told not to, and knows no command but
/// those written down here.
public struct PrintedPaper: Sendable {
    /// The printer met something it does not know, or has not all of.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public struct Line: Sendable, Equatable {
        public var text = ""
        public var isCentred = false
        public var isBold = false
        /// How many times as wide and as high as plain letters.
        public var width = 1
        public var height = 1
    }

    public struct Code: Sendable, Equatable {
        public let text: String
        /// Dots in a side of a module.
        public let moduleDots: Int
    }

    /// Those with something on them.
    public private(set) var lines: [Line] = []
    public private(set) var codes: [Code] = []
    /// The rows of each picture, eight dots in a byte.
    public private(set) var pictures: [[[UInt8]]] = []
    public private(set) var cuts = 0
    public private(set) var drawerOpenings = 0
    public private(set) var questions = 0

    private var bytes: ArraySlice<UInt8>
    private var style = Line()
    private var readsChinese = true
    private var codePage: UInt8 = 0
    private var country: UInt8 = 0
    private var letters: [UInt8] = []
    private var module = 3
    private var code: [UInt8] = []

    public init(_ bytes: [UInt8]) throws(Failure) {
        self.bytes = bytes[...]
        while let byte = self.bytes.popFirst() {
            switch byte {
            case 0x0A: try feed()
            case 0x1B: try escape()
            case 0x1D: try group()
            case 0x1C where self.bytes.first == 0x2E:
                _ = try next()
                readsChinese = false
            case 0x20...0x7E: letters.append(byte)
            case 0x80...0xFF where !readsChinese: letters.append(byte)
            default: throw Failure(description: "byte \(byte) before \(self.bytes.prefix(8).map(\.self))")
            }
        }
        guard letters.isEmpty else { throw Failure(description: "a line without an end") }
    }

    private mutating func next() throws(Failure) -> UInt8 {
        guard let byte = bytes.popFirst() else { throw Failure(description: "a command without its end") }
        return byte
    }

    private mutating func number() throws(Failure) -> Int {
        let low = try next()
        return Int(low) + Int(try next()) * 256
    }

    private mutating func next(_ count: Int) throws(Failure) -> [UInt8] {
        guard bytes.count >= count else { throw Failure(description: "a command without its end") }
        defer { bytes = bytes.dropFirst(count) }
        return Array(bytes.prefix(count))
    }

    private mutating func feed() throws(Failure) {
        guard !letters.isEmpty else { return }
        var line = style
        line.text = try text(of: letters)
        lines.append(line)
        letters = []
    }

    /// By the C library's tables, which are not ours.
    private func text(of letters: [UInt8]) throws(Failure) -> String {
        let name = [0: "CP437", 2: "CP850", 19: "CP858"][codePage]
        guard let name, country == 0 else { throw Failure(description: "page \(codePage), country \(country)") }
        let converter = iconv_open("UTF-8", name)
        defer { iconv_close(converter) }
        var input = letters.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: letters.count * 4)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard result == 0 else { throw Failure(description: "no \(name): \(letters)") }
        return String(decoding: output.prefix(output.count - outputLeft).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private mutating func escape() throws(Failure) {
        let command = UnicodeScalar(try next())
        switch command {
        case "@": (style, readsChinese, codePage, country, letters) = (Line(), true, 0, 0, [])
        case "a": style.isCentred = try next() == 1
        case "E": style.isBold = try next() == 1
        case "t": codePage = try next()
        case "R": country = try next()
        case "d": _ = try next()
        case "p":
            _ = try next(3)
            drawerOpenings += 1
        default: throw Failure(description: "ESC \(command)")
        }
    }

    private mutating func group() throws(Failure) {
        let command = UnicodeScalar(try next())
        switch command {
        case "!":
            let size = try next()
            (style.width, style.height) = (Int(size >> 4) + 1, Int(size & 0x0F) + 1)
        case "V":
            guard try next(2)[0] == 66 else { throw Failure(description: "a cut at once, through the text") }
            cuts += 1
        case "r":
            guard try next() == 1 else { throw Failure(description: "GS r") }
            questions += 1
        case "v":
            guard try next(2) == [UInt8(ascii: "0"), 0] else { throw Failure(description: "GS v") }
            let (width, height) = (try number(), try number())
            var rows: [[UInt8]] = []
            for _ in 0..<height { rows.append(try next(width)) }
            pictures.append(rows)
        case "(":
            guard try next() == UInt8(ascii: "k") else { throw Failure(description: "GS (") }
            try symbol(try next(try number()))
        default: throw Failure(description: "GS \(command)")
        }
    }

    private mutating func symbol(_ parameters: [UInt8]) throws(Failure) {
        guard parameters.count >= 3, parameters[0] == 49 else { throw Failure(description: "\(parameters)") }
        switch parameters[1] {
        case 65, 69: break
        case 67: module = Int(parameters[2])
        case 80: code = Array(parameters.dropFirst(3))
        case 81: codes.append(Code(text: String(decoding: code, as: UTF8.self), moduleDots: module))
        default: throw Failure(description: "GS ( k \(parameters)")
        }
    }
}
