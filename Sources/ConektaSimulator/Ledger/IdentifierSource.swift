/// Makes identifiers of the shapes Conekta's have, the same ones for the same seed (reference `conekta.md` §1).
///
/// Every identifier carries its number within the run, so two can never be equal whatever the seed.
struct IdentifierSource: Sendable {
    private var random: UInt64
    private var count: UInt64 = 0

    init(seed: UInt64) {
        random = seed
    }

    /// `ord_…`, `tok_…`, `line_item_…`: the prefix and 17 characters of base 58.
    mutating func prefixed(_ prefix: String) -> String {
        let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
        count += 1
        var text = prefix + "2"
        for _ in 0..<11 {
            text.append(alphabet[Int(next() % 58)])
        }
        var rest = count
        var number: [Character] = []
        for _ in 0..<5 {
            number.append(alphabet[Int(rest % 58)])
            rest /= 58
        }
        return text + String(number.reversed())
    }

    /// The 24 hexadecimal digits of charges, refunds and log entries.
    mutating func hexadecimal() -> String {
        count += 1
        return Self.hexadecimal(next(), digits: 16) + Self.hexadecimal(count, digits: 8)
    }

    /// The form of a UUID, for the address of a 3DS page.
    mutating func uuid() -> String {
        count += 1
        let digits = Self.hexadecimal(next(), digits: 16) + Self.hexadecimal(count, digits: 16)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// The six digits a bank authorises with.
    mutating func authorizationCode() -> String {
        String(100_000 + next() % 900_000)
    }

    /// A number below `bound`, for what Conekta decides in ways nobody documents.
    mutating func choice(below bound: UInt64) -> UInt64 {
        next() % bound
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text.suffix(digits)
    }

    /// One step of SplitMix64.
    private mutating func next() -> UInt64 {
        random &+= 0x9e37_79b9_7f4a_7c15
        var mixed = random
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
