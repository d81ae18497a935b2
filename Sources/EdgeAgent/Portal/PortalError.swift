/// Why the portal's pages could not be made. Names files and settings, so that whoever installs can mend it.
enum PortalError: Error, Equatable, CustomStringConvertible {
    /// The file is missing or cannot be read.
    case unreadable(file: String)
    /// The file is not a mustache template.
    case malformed(file: String, reason: String)
    /// The address of the card form's script has no scheme and host that a browser's policy can name.
    case tokenizerURL

    var description: String {
        switch self {
        case .unreadable(let file): "the portal's file \(file) cannot be read"
        case .malformed(let file, let reason): "the portal's file \(file) is not a template: \(reason)"
        case .tokenizerURL: "the address of Conekta's card form is not an http(s) address"
        }
    }
}
