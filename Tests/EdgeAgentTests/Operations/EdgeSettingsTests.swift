import Foundation
import Logging
import Purchasing
import ServerKit
import TestSupport
import Testing

@testable import EdgeAgent

/// Where settings come from, and what is said about a wrong one.
@Suite struct EdgeSettingsTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    private func write(_ name: String, _ text: String) throws -> String {
        let path = folder.path(name)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func `without anything there are the defaults that the help shows`() async throws {
        let settings = try await EdgeSettings(file: nil, environment: [:])
        #expect(settings.siteFile == "/etc/fichas/site.json")
        #expect(settings.databaseFile == "/var/lib/fichas/box.sqlite")
        #expect(settings.listen.description == "0.0.0.0:8080")
        #expect(!settings.metricsArePublic)
        #expect(settings.conektaURL == "https://api.conekta.io")
        #expect(settings.logLevel == .info)
        #expect(settings.answerPatience == .seconds(30))
        #expect(settings.policy.settleWindow == .seconds(300))
        #expect(settings.policy.deliveryDeadline == .seconds(120))
        #expect(settings.warnings == [])
    }

    @Test func `the environment comes before the file, and the file before the default`() async throws {
        let file = try write("settings.json", #"{"listen":"127.0.0.1:81","logLevel":"debug","answerSeconds":20}"#)
        let settings = try await EdgeSettings(file: file, environment: ["FICHAS_LISTEN": "[::1]:82"])
        #expect(settings.listen.description == "[::1]:82")
        #expect(settings.logLevel == .debug)
        #expect(settings.answerPatience == .seconds(20))
        #expect(settings.databaseFile == "/var/lib/fichas/box.sqlite")
    }

    @Test func `numbers and truth values in the file are read as JSON writes them, or refused`() async throws {
        let file = try write("settings.json", #"{"settleSeconds":90,"metricsPublic":true,"deliverySeconds":"45"}"#)
        let settings = try await EdgeSettings(file: file, environment: [:])
        #expect(settings.policy.settleWindow == .seconds(90))
        #expect(settings.policy.deliveryDeadline == .seconds(45))
        #expect(settings.metricsArePublic)
        for json in [#"{"settleSeconds":1.5}"#, #"{"settleSeconds":["9"]}"#, #"{"logLevel":3}"#] {
            let wrong = try write("wrong.json", json)
            await #expect(throws: EdgeSettingsError.self) { try await EdgeSettings(file: wrong, environment: [:]) }
        }
    }

    @Test func `a file that is not there or is no JSON stops the start`() async throws {
        let broken = try write("broken.json", "{")
        for file in [folder.path("nothing.json"), broken] {
            await #expect(throws: (any Error).self) { try await EdgeSettings(file: file, environment: [:]) }
        }
    }

    @Test func `a systemd credential comes before the path of the site document`() async throws {
        let environment = ["CREDENTIALS_DIRECTORY": folder.path(""), "FICHAS_SITE_FILE": "/elsewhere/site.json"]
        #expect(try await EdgeSettings(file: nil, environment: environment).siteFile == "/elsewhere/site.json")
        _ = try write("site.json", "{}")
        let credential = try await EdgeSettings(file: nil, environment: environment).siteFile
        #expect(credential.hasPrefix(folder.path("")) && credential.hasSuffix("/site.json"))
    }

    static let wrong: [(String, [String])] = [
        ("FICHAS_SITE_FILE", [""]), ("FICHAS_CENTRE_FILE", ["/etc/fichas/"]), ("FICHAS_DATABASE", [""]),
        ("FICHAS_PORTAL_DIRECTORY", [""]),
        ("FICHAS_LISTEN", ["", "8080", "box.local:80", "0.0.0.0", "0.0.0.0:70000", "::1:80"]),
        ("FICHAS_METRICS_PUBLIC", ["maybe", "1x"]),
        ("FICHAS_CONEKTA_URL", ["", "api.conekta.io", "http://api.conekta.io", "ftp://127.0.0.1"]),
        ("FICHAS_PORTAL_URL", ["10.5.50.2:8080", "ftp://10.5.50.2", "javascript:alert(1)"]),
        ("FICHAS_TOKENIZER_URL", ["javascript:alert(1)", "http://10.0.0.1/x.js"]),
        ("FICHAS_LOG_LEVEL", ["loud", "INFO"]), ("FICHAS_SETTLE_SECONDS", ["0", "-1", "x", "86401", "1.5"]),
        ("FICHAS_DELIVERY_SECONDS", ["0", "86401"]), ("FICHAS_ANSWER_SECONDS", ["0", "61", "90"]),
    ]

    @Test(arguments: wrong)
    func `a wrong value is told by its variable and never shown`(variable: String, values: [String]) async throws {
        for value in values {
            let error = await #expect(throws: EdgeSettingsError.self) {
                try await EdgeSettings(file: nil, environment: [variable: value])
            }
            #expect(error?.problems.count == 1, "\(value)")
            #expect(error?.problems.first?.hasPrefix(variable + ": ") == true, "\(value)")
        }
        let secret = await #expect(throws: EdgeSettingsError.self) {
            try await EdgeSettings(
                file: nil,
                environment: ["FICHAS_LISTEN": "key_muy_secreta", "FICHAS_LOG_LEVEL": "key_muy_secreta"]
            )
        }
        #expect(secret?.problems.count == 2)
        #expect(secret?.description.contains("key_muy_secreta") == false)
    }

    @Test func `every setting has a case here, and the help lists all of them in lines that fit`() {
        let variables = Set(EdgeSettings.settings.map(\.variable))
        #expect(variables == Set(Self.wrong.map(\.0)))
        for setting in EdgeSettings.settings {
            #expect(EdgeSettings.documentation.contains("  \(setting.variable) (\(setting.key))\n"))
            #expect(EdgeSettings.documentation.contains("default: \(setting.fallback)"))
        }
        #expect(EdgeSettings.documentation.split(separator: "\n").allSatisfy { $0.count < 80 })
    }

    @Test func `plain http is for this machine, and a last slash is cut off`() async throws {
        let environment = ["FICHAS_CONEKTA_URL": "http://127.0.0.1:8090/", "FICHAS_SETTLE_SECONDS": "59"]
        let settings = try await EdgeSettings(file: nil, environment: environment)
        #expect(settings.conektaURL == "http://127.0.0.1:8090")
        #expect(settings.warnings == ["FICHAS_SETTLE_SECONDS is under 60: for trials only"])
    }
}
