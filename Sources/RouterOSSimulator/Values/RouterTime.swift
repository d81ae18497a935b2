import Shared

/// RouterOS's way to write lengths of time (reference `routeros.md` §2.11).
enum RouterTime {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// Reads `1w2d3h4m5s100ms`, `01:22:53`, `1d02:03:04` and a bare number of seconds; nil for anything else.
    static func parse(_ text: String) -> Duration? {
        var rest = Substring(text)
        guard !rest.isEmpty else { return nil }
        var milliseconds: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard digits.count <= 9, let number = Int64(digits) else { return nil }
            let tail = rest[digits.endIndex...]
            if tail.first == ":" {
                return clock(rest).map { .milliseconds(milliseconds) + $0 }
            }
            let suffix = tail.prefix { $0.isLetter }
            if suffix.isEmpty {
                // Only a number that stands alone means seconds.
                return tail.isEmpty && digits.count == text.count ? .seconds(number) : nil
            }
            guard let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
            milliseconds += number * unit.milliseconds
            rest = tail[suffix.endIndex...]
        }
        return .milliseconds(milliseconds)
    }

    private static func clock(_ text: Substring) -> Duration? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard (2...3).contains(parts.count), let hours = parts[0], let minutes = parts[1] else { return nil }
        guard let seconds = parts.count == 3 ? parts[2] : 0 else { return nil }
        guard (0..<60).contains(minutes), (0..<60).contains(seconds), hours >= 0 else { return nil }
        return .seconds(hours * 3_600 + minutes * 60 + seconds)
    }

    /// Writes units with the zero ones left out, `0s` for nothing.
    static func units(_ duration: Duration) -> String {
        var rest = max(0, duration.wholeMilliseconds)
        // The router counts whole seconds; what is shorter than one it writes in milliseconds.
        if rest >= 1_000 { rest -= rest % 1_000 }
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.suffix)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }

    /// Writes `02:03:04` or `1d02:03:04`, as older captures show.
    static func clock(_ duration: Duration) -> String {
        let seconds = max(0, duration.wholeMilliseconds / 1_000)
        let parts = [seconds % 86_400 / 3_600, seconds % 3_600 / 60, seconds % 60]
        let time = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return seconds < 86_400 ? time : "\(seconds / 86_400)d" + time
    }
}
