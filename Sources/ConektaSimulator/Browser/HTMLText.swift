import Shared

/// Text that is safe where a page puts it.
enum HTMLText {
    /// For the content of elements and for attributes in double quotes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    /// A JSON value inside a script element, which must not end the element.
    static func script(_ value: JSONValue) -> String {
        String(decoding: value.data, as: UTF8.self).split(separator: "<", omittingEmptySubsequences: false)
            .joined(separator: "\\u003c")
    }
}
