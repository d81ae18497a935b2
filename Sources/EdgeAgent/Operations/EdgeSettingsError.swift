/// What is wrong with the settings; each problem names its variable and never its value.
struct EdgeSettingsError: Error, Equatable, CustomStringConvertible {
    let problems: [String]

    var description: String { "settings: " + problems.joined(separator: "; ") }
}
