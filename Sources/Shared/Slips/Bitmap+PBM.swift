// A logo comes as a portable bitmap (`P4`): the one format that is nothing but black dots, as receipt printers are, and
// that every graphics program writes. https://netpbm.sourceforge.net/doc/pbm.html
extension Bitmap {
    /// As wide as the narrower of the papers.
    public static let maximumLogoWidth = 384
    public static let maximumLogoHeight = 160
    /// A photograph has many times as many; the page it stands on has to stay small.
    private static let maximumLogoRuns = 1_500

    /// Reads a logo.
    public init(logo file: [UInt8]) throws(LogoError) {
        var rest = ArraySlice(file)
        guard rest.starts(with: Array("P4".utf8)) else { throw .notPBM }
        rest = rest.dropFirst(2)
        guard let width = Self.number(&rest), let height = Self.number(&rest), rest.popFirst() != nil else {
            throw .notPBM
        }
        guard (1...Self.maximumLogoWidth).contains(width), (1...Self.maximumLogoHeight).contains(height) else {
            throw .tooLarge
        }
        let bytesInRow = (width + 7) / 8
        guard rest.count == bytesInRow * height else { throw .notPBM }
        let start = rest.startIndex
        let picture = Bitmap(width: width, height: height) { x, y in
            rest[start + y * bytesInRow + x / 8] & (0x80 >> UInt8(x % 8)) != 0
        }
        guard picture.runs.count <= Self.maximumLogoRuns else { throw .tooDetailed }
        self = picture
    }

    /// A number of the head, after white space and comments.
    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        while let byte = bytes.first {
            if byte == UInt8(ascii: "#") {
                bytes = bytes.drop { $0 != UInt8(ascii: "\n") }
            } else if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                bytes = bytes.dropFirst()
            } else {
                break
            }
        }
        let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        bytes = bytes.dropFirst(digits.count)
        return digits.count <= 5 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }
}
