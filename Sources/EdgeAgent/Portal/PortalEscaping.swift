import Mustache

/// How text from outside becomes HTML: scalar by scalar.
///
/// The template engine's own escaping compares whole characters, so a quote followed by a combining accent passes
/// through it and ends an attribute.
struct PortalEscaping: MustacheContentType {
    /// The name in the first line of `layout.mustache`. Partials fall back to the engine's own escaping, so variables
    /// stand only in pages, which all inherit from the layout.
    static let name = "PORTAL"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
