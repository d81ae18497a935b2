/// Text from outside, made fit for paper.
enum SlipText {
    /// No line of a slip is longer, whatever its author thought.
    private static let maximumScalars = 200

    /// One line without anything that commands: a printer obeys control characters, and marks of direction turn
    /// digits round.
    static func clean(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(maximumScalars) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: clean.append(" ")
            case .format, .privateUse, .surrogate, .unassigned: continue
            default: clean.append(scalar)
            }
        }
        return String(clean).split(separator: " ").joined(separator: " ")
    }

    /// The lines of a text of so many columns, broken between words, and within one that is longer than a line.
    static func wrapped(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count <= columns {
                line += " " + word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            var rest = word
            while rest.count > columns {
                lines.append(String(rest.prefix(columns)))
                rest = rest.dropFirst(columns)
            }
            line = String(rest)
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
