/// A length of time as RouterOS writes it.
///
/// Read in both forms routers use, `1w2d3h4m5s100ms` and `1d02:03:04`, and as bare seconds; written in the first, zero
/// units left out, as newer routers do. A router normalises what it is given (`24h` becomes `1d`): compare durations,
/// never texts (reference `routeros.md` §2.11).
public struct RouterOSDuration: Hashable, Sendable {
    /// Milliseconds, never negative.
    private let milliseconds: Int64

    /// Cuts to whole milliseconds; a negative duration becomes zero.
    public init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        milliseconds = max(0, seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }

    /// Nil for `none` and empty text, which mean that there is no time set, and for what is no time at all.
    public init?(_ text: String) {
        guard let milliseconds = Self.parse(text) else { return nil }
        self.milliseconds = milliseconds
    }

    public var duration: Duration { .milliseconds(milliseconds) }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    private static func parse(_ text: String) -> Int64? {
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        while !rest.isEmpty {
            // Nine digits fit any unit without overflow, and a router never sends more.
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...9).contains(digits.count), let number = Int64(digits) else { return nil }
            let tail = rest.dropFirst(digits.count)
            if digits.count == text.count { return number * 1_000 }
            if tail.first == ":" { return parseClock(rest).map { total + $0 } }
            let name = tail.prefix { $0.isLetter }
            guard let unit = units.first(where: { $0.name == name }) else { return nil }
            total += number * unit.milliseconds
            rest = tail.dropFirst(name.count)
        }
        return total
    }

    /// `hh:mm:ss`, with or without a fraction of a second.
    private static func parseClock(_ text: Substring) -> Int64? {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        let fields = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, fields.count == 3 else { return nil }
        var seconds: Int64 = 0
        for field in fields {
            guard (1...9).contains(field.utf8.count), field.allSatisfy({ $0.isASCII && $0.isNumber }),
                let number = Int64(field)
            else { return nil }
            seconds = seconds * 60 + number
        }
        guard halves.count == 2 else { return seconds * 1_000 }
        guard !halves[1].isEmpty, halves[1].allSatisfy({ $0.isASCII && $0.isNumber }),
            let thousandths = Int64((halves[1] + "00").prefix(3))
        else { return nil }
        return seconds * 1_000 + thousandths
    }
}

extension RouterOSDuration: CustomStringConvertible {
    public var description: String {
        var rest = milliseconds
        var text = ""
        for unit in Self.units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }
}
