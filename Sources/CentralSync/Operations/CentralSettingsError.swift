/// What is wrong with the settings: all of it at once, each problem with its variable and never with its value.
struct CentralSettingsError: Error, Equatable, CustomStringConvertible {
    let problems: [String]

    var description: String { "settings: " + problems.joined(separator: "; ") }
}
