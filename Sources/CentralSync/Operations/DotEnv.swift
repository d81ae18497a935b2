/// A `.env` file in the usual dialect: one `NAME=value` a line, `#` comments, an optional `export`, values bare, in
/// single quotes (taken as they are) or in double quotes (with `\n`, `\t`, `\"`, `\\`, `\$`), quoted ones over several
/// lines if need be. A bare value ends before ` #`. Nothing is substituted: `$` is a character like any other, since
/// passwords contain it. The last of several lines with one name counts.
struct DotEnv {
    /// Where the file is not what we read. It never repeats what stands there.
    struct Mistake: Error, Equatable {
        let line: Int
        let reason: String
    }

    let values: [String: String]

    init(_ text: String) throws(Mistake) {
        var reader = Reader(text)
        var values: [String: String] = [:]
        while let (name, value) = try reader.next() { values[name] = value }
        self.values = values
    }
}

private struct Reader {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        // By scalars: Swift sees "\r\n" as one character. A byte order mark is what some editors begin a file with.
        scalars = text.unicodeScalars.filter { $0 != "\r" && $0 != "\u{FEFF}" }
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func next() throws(DotEnv.Mistake) -> (String, String)? {
        skip { $0 == " " || $0 == "\t" || $0 == "\n" }
        while current == "#" {
            skip { $0 != "\n" }
            skip { $0 == " " || $0 == "\t" || $0 == "\n" }
        }
        guard current != nil else { return nil }
        var name = take(while: Self.isName)
        if name == "export", current == " " || current == "\t" {
            skip(while: Self.isBlank)
            name = take(while: Self.isName)
        }
        skip(while: Self.isBlank)
        guard let first = name.unicodeScalars.first, !("0"..."9").contains(first) else { throw mistake("no name") }
        guard current == "=" else { throw mistake("no = after the name") }
        advance()
        skip(while: Self.isBlank)
        return (name, try value())
    }

    private mutating func value() throws(DotEnv.Mistake) -> String {
        guard let quote = current, quote == "'" || quote == "\"" else { return bare() }
        let value = try quoted(by: quote)
        skip(while: Self.isBlank)
        if current == "#" { skip { $0 != "\n" } }
        guard current == nil || current == "\n" else { throw mistake("text after the closing quote") }
        return value
    }

    private mutating func bare() -> String {
        var value = String.UnicodeScalarView()
        while let scalar = current, scalar != "\n" {
            if scalar == "#", value.last.map(Self.isBlank) ?? true {
                skip { $0 != "\n" }
                break
            }
            value.append(scalar)
            advance()
        }
        while let last = value.last, Self.isBlank(last) { value.removeLast() }
        return String(value)
    }

    private mutating func quoted(by quote: Unicode.Scalar) throws(DotEnv.Mistake) -> String {
        let start = mistake("a quote is not closed")
        var value = String.UnicodeScalarView()
        advance()
        while let scalar = current {
            advance()
            if scalar == quote { return String(value) }
            guard scalar == "\\", quote == "\"", let escaped = current else {
                value.append(scalar)
                continue
            }
            advance()
            switch escaped {
            case "n": value.append("\n")
            case "r": value.append("\r")
            case "t": value.append("\t")
            case "\"", "\\", "$": value.append(escaped)
            default: value.append(contentsOf: [scalar, escaped])
            }
        }
        throw start
    }

    private func mistake(_ reason: String) -> DotEnv.Mistake {
        DotEnv.Mistake(line: line, reason: reason)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
        default: false
        }
    }

    private mutating func advance() {
        if current == "\n" { line += 1 }
        position += 1
    }

    private mutating func skip(while condition: (Unicode.Scalar) -> Bool) {
        while let scalar = current, condition(scalar) { advance() }
    }

    private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        skip(while: condition)
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }
}
