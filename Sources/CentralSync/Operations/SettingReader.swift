import Shared

/// Reads settings one after the other and keeps all that is wrong with them, so that it can be said at once.
struct SettingReader {
    private let sources: SettingSources
    private let acceptsDemoSecrets: Bool
    private var problems: [String] = []

    init(_ sources: SettingSources) {
        self.sources = sources
        acceptsDemoSecrets = (try? sources.text(of: .allowDemoSecrets)) == "true"
    }

    /// - Throws: All problems so far, when there are any.
    func finish() throws(CentralSettingsError) {
        guard problems.isEmpty else { throw CentralSettingsError(problems: problems) }
    }

    mutating func complain(_ setting: CentralSetting, _ reason: String) {
        problems.append("\(setting.variable) \(reason)")
    }

    mutating func isSaid(_ setting: CentralSetting) -> Bool {
        text(setting) != nil
    }

    /// A setting that must be there.
    mutating func value<Value>(_ setting: CentralSetting, _ parse: (String) -> Value?) -> Value? {
        let count = problems.count
        if let value = optional(setting, parse) { return value }
        if problems.count == count { complain(setting, "is missing: \(setting.text)") }
        return nil
    }

    mutating func optional<Value>(_ setting: CentralSetting, _ parse: (String) -> Value?) -> Value? {
        guard let text = text(setting) else { return nil }
        if let value = parse(text) { return value }
        complain(setting, "should be: \(setting.text)")
        return nil
    }

    /// A key that signs or seals.
    mutating func key(_ setting: CentralSetting) -> Secret<String>? {
        guard let text = value(setting, { $0 }) else { return nil }
        if !acceptsDemoSecrets, let problem = SecretStrength.problem(ofKey: text) { complain(setting, problem) }
        return Secret(text)
    }

    /// Somebody else's key: only an example is refused.
    mutating func secret(_ setting: CentralSetting) -> Secret<String>? {
        guard let text = text(setting) else { return nil }
        if !acceptsDemoSecrets, SecretStrength.isExample(text) { complain(setting, "is an example") }
        return Secret(text)
    }

    mutating func firstPassword(_ setting: CentralSetting, email: String?) -> Secret<String>? {
        guard let text = text(setting) else { return nil }
        if !acceptsDemoSecrets {
            if SecretStrength.isExample(text) {
                complain(setting, "is an example")
            } else if text.count < 12 {
                complain(setting, "is shorter than 12 characters")
            }
        }
        return Secret(text)
    }

    private mutating func text(_ setting: CentralSetting) -> String? {
        do {
            return try sources.text(of: setting)
        } catch {
            for problem in error.problems where !problems.contains(problem) { problems.append(problem) }
            return nil
        }
    }
}
