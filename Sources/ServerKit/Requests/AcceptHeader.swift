/// The one question we ask an `Accept` header: is this a person's browser or a program?
enum AcceptHeader {
    /// True when `text/html` is named with a higher quality than `application/json`. `*/*` alone is a program.
    static func prefersHTML(_ value: String?) -> Bool {
        guard let value else { return false }
        let html = quality(of: "text/html", in: value)
        return html > 0 && html > quality(of: "application/json", in: value)
    }

    private static func quality(of wanted: String, in value: String) -> Double {
        for range in value.split(separator: ",").prefix(32) {
            let parts = range.split(separator: ";").map(Self.trimmed)
            guard let type = parts.first, type.lowercased() == wanted else { continue }
            let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            return weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }
        return 0
    }

    private static func trimmed(_ text: Substring) -> Substring {
        guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " }) else {
            return ""
        }
        return text[first...last]
    }
}
