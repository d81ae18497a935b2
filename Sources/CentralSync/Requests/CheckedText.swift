import ServerKit

/// Texts of people, in one form and within limits.
enum CheckedText {
    /// One line without control characters; white space is one blank each, none around.
    ///
    /// - Throws: `APIError` 422.
    static func line(_ text: String, field: String, length: ClosedRange<Int>) throws(APIError) -> String {
        let line = text.split { $0.isWhitespace }.joined(separator: " ")
        let isPlain = line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        // Counted as the box and JSON schemas count.
        guard isPlain, length.contains(line.unicodeScalars.count) else {
            throw .invalidField(field, "debe tener de \(length.lowerBound) a \(length.upperBound) caracteres")
        }
        return line
    }

    /// The same for what may be left out; an empty text counts as left out.
    ///
    /// - Throws: `APIError` 422.
    static func optionalLine(_ text: String?, field: String, maximum: Int) throws(APIError) -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return try line(text, field: field, length: 1...maximum)
    }

    /// What is sent to a router as it is: printable, with nothing added or taken away.
    ///
    /// - Throws: `APIError` 422.
    static func exact(_ text: String, field: String, length: ClosedRange<Int>) throws(APIError) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
        guard isPlain, length.contains(text.unicodeScalars.count) else {
            throw .invalidField(field, "debe tener de \(length.lowerBound) a \(length.upperBound) caracteres")
        }
        return text
    }
}
