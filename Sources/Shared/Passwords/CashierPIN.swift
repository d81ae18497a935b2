/// What a cajero types at the counter: 4 to 8 digits.
///
/// So short a secret is worth only what limits on guessing make it worth; whoever has the disk of a box finds it out from
/// its hash within minutes, and has the box anyway.
public struct CashierPIN: Sendable {
    public static let lengths = 4...8

    public let digits: Secret<String>

    /// Nil unless it is that many digits and nothing else.
    public init?(_ text: Secret<String>) {
        let characters = text.reveal().utf8
        guard Self.lengths.contains(characters.count),
            characters.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        digits = text
    }

    /// One digit again and again, or digits that follow each other: what everybody tries first.
    public var isObvious: Bool {
        let values = digits.reveal().utf8.map(Int.init)
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps.count == 1 && steps.isSubset(of: [-1, 0, 1])
    }
}
