/// The code a buyer types to be online: ten digits, the last one a check digit, read aloud like a Mexican telephone
/// number (`438 271 9056`).
///
/// The check digit is Damm's: it catches every single wrong digit and every swap of two neighbours.
/// https://en.wikipedia.org/wiki/Damm_algorithm
public struct FichaCode: Hashable, Sendable {
    /// Digits in a code, the check digit among them.
    public static let length = 10

    /// Damm's quasigroup of order ten; the interim digit picks the row, the next digit the column.
    private static let dammTable: [[UInt8]] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ]

    /// The ten digits without separators: the name of the user on the router.
    public let digits: String

    /// Reads what a person typed: separators are forgiven, and the letters people write for 0 and 1.
    ///
    /// Nil unless that leaves ten digits whose check digit is right.
    public init?(typed text: String) {
        guard text.utf8.count <= 64 else { return nil }
        var digits = ""
        for character in text {
            switch character {
            case "0"..."9" where character.isASCII: digits.append(character)
            case "o", "O": digits.append("0")
            case "i", "I", "l", "L": digits.append("1")
            case " ", "-", ".", "\u{A0}", "\n", "\r", "\t": continue
            default: return nil
            }
        }
        self.init(digits: digits)
    }

    /// Reads a stored code; nil unless it is ten digits with the right check digit.
    public init?(digits: String) {
        let values = digits.utf8.map { $0 &- UInt8(ascii: "0") }
        guard values.count == Self.length, values.allSatisfy({ $0 < 10 }), Self.checkDigit(of: values) == 0 else {
            return nil
        }
        self.digits = digits
    }

    /// Draws a new code. The first digit is never zero, so that no spreadsheet eats it.
    ///
    /// Whether it is free is for the database to say: the code is unique by constraint there.
    public init(using generator: inout some RandomNumberGenerator) {
        var values = [UInt8.random(in: 1...9, using: &generator)]
        for _ in 1..<(Self.length - 1) {
            values.append(UInt8.random(in: 0...9, using: &generator))
        }
        values.append(Self.checkDigit(of: values))
        digits = values.map(String.init).joined()
    }

    /// The code in groups of three, three and four, for reading and printing.
    public var grouped: String {
        let characters = Array(digits)
        return [characters[0..<3], characters[3..<6], characters[6...]].map { String($0) }.joined(separator: " ")
    }

    /// Zero for digits that end in their own check digit.
    private static func checkDigit(of values: [UInt8]) -> UInt8 {
        values.reduce(0) { interim, digit in dammTable[Int(interim)][Int(digit)] }
    }
}

extension FichaCode: CustomStringConvertible {
    public var description: String { digits }
}
