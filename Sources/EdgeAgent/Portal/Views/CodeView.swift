import Shared

/// A ficha's code as pages show it: in groups that may stand on lines of their own.
struct CodeView: Sendable {
    let groups: [String]
    /// For screen readers, which would otherwise say one large number.
    let spoken: String

    init(_ code: FichaCode) {
        groups = code.grouped.split(separator: " ").map(String.init)
        spoken = groups.map { $0.map(String.init).joined(separator: " ") }.joined(separator: ", ")
    }
}
