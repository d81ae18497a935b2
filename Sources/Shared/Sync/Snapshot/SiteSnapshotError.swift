/// Why a site document was refused. Each problem names its place in the document and never holds a secret.
public struct SiteSnapshotError: Error, Equatable, CustomStringConvertible {
    public let problems: [String]

    public init(problems: [String]) {
        self.problems = problems
    }

    public var description: String {
        "the site document is not usable: " + problems.joined(separator: "; ")
    }
}
