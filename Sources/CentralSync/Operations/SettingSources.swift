import Foundation
import Shared

/// Where settings come from, the strongest first: the environment, systemd's credentials, a `.env` file, a JSON file.
///
/// A secret may stand in a file of its own: `NAME_FILE` holds its path, in the environment and in the `.env` file, and
/// `$CREDENTIALS_DIRECTORY/NAME` is one that systemd provides.
struct SettingSources: Sendable {
    private let environment: [String: String]
    private let dotEnv: [String: String]
    private let document: [String: String]

    /// - Parameters:
    ///   - dotEnvFile: Path of a `.env` file; nil for none.
    ///   - documentFile: Path of a JSON file with the keys of ``CentralSetting``; nil for none.
    init(environment: [String: String], dotEnvFile: String?, documentFile: String?) throws(CentralSettingsError) {
        self.environment = environment
        dotEnv = try dotEnvFile.map(Self.readDotEnv) ?? [:]
        document = try documentFile.map(Self.readDocument) ?? [:]
    }

    /// The text of a setting, its default when nobody says; nil when it has none. An empty text counts as not said.
    ///
    /// - Throws: One problem: a file that cannot be read, or a secret that is given twice.
    func text(of setting: CentralSetting) throws(CentralSettingsError) -> String? {
        if let text = try text(of: setting, in: environment) { return text }
        if setting.isSecret, let directory = environment["CREDENTIALS_DIRECTORY"] {
            let path = directory + "/" + setting.variable
            if FileManager.default.fileExists(atPath: path) { return try Self.readSecret(path, setting.variable) }
        }
        return try text(of: setting, in: dotEnv) ?? Self.said(document[setting.key]) ?? setting.fallback
    }

    private func text(
        of setting: CentralSetting,
        in variables: [String: String]
    ) throws(CentralSettingsError) -> String? {
        let text = Self.said(variables[setting.variable])
        guard setting.isSecret, let path = Self.said(variables[setting.variable + "_FILE"]) else { return text }
        guard text == nil else {
            throw CentralSettingsError(problems: ["\(setting.variable) and \(setting.variable)_FILE are both set"])
        }
        return try Self.readSecret(path, setting.variable + "_FILE")
    }

    private static func said(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func readSecret(_ path: String, _ name: String) throws(CentralSettingsError) -> String {
        var text = try read(path, for: name)
        // Most editors and `echo` end a file with a line break that is no part of the secret.
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else { throw CentralSettingsError(problems: ["\(name): the file is empty"]) }
        return text
    }

    private static func readDotEnv(_ path: String) throws(CentralSettingsError) -> [String: String] {
        do {
            return try DotEnv(try read(path, for: "the .env file")).values
        } catch let mistake as DotEnv.Mistake {
            throw CentralSettingsError(problems: ["\(path), line \(mistake.line): \(mistake.reason)"])
        } catch let error as CentralSettingsError {
            throw error
        } catch {
            throw CentralSettingsError(problems: ["\(path) cannot be read"])
        }
    }

    private static func readDocument(_ path: String) throws(CentralSettingsError) -> [String: String] {
        let text = try read(path, for: "--config")
        guard let members = try? JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8)) else {
            throw CentralSettingsError(problems: ["\(path) is not a JSON object"])
        }
        let known = Set(CentralSetting.allCases.map(\.key))
        var problems: [String] = []
        let values = members.compactMapValues { value -> String? in
            switch value {
            case .string(let text): text
            case .bool(let flag): String(flag)
            case .integer(let number): String(number)
            default: nil
            }
        }
        // A misspelt key would otherwise be a setting that silently has its default.
        for key in members.keys.sorted() where !known.contains(key) { problems.append("\(path): unknown key \(key)") }
        for key in members.keys.sorted() where values[key] == nil { problems.append("\(path): \(key) is not a text") }
        guard problems.isEmpty else { throw CentralSettingsError(problems: problems) }
        return values
    }

    private static func read(_ path: String, for name: String) throws(CentralSettingsError) -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 64 * 1_024,
            let text = String(bytes: data, encoding: .utf8)
        else { throw CentralSettingsError(problems: ["\(name): \(path) cannot be read"]) }
        return text
    }
}
