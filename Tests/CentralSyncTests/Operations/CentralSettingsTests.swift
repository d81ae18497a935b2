import Foundation
import Logging
import ServerKit
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite struct CentralSettingsTests {
    static let keyOne = "6Zr2kQv9yXb4Nw7mTc1LdHs8PfGa3JuE"
    static let keyTwo = "Vt5hYq0oRz6CxBn2KeWj9iMl4UpSgD7a"
    static let good = ["JWT_APIKEY_SECRET": keyOne, "JWT_SESSION_SECRET": keyTwo]

    private static func settings(
        _ environment: [String: String],
        dotEnv: String? = nil,
        document: String? = nil
    ) throws -> CentralSettings {
        let folder = try TemporaryDirectory()
        func file(_ name: String, _ text: String?) throws -> String? {
            guard let text else { return nil }
            try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
            return folder.path(name)
        }
        let sources = try SettingSources(
            environment: environment,
            dotEnvFile: file(".env", dotEnv),
            documentFile: file("centre.json", document)
        )
        return try CentralSettings(sources)
    }

    private static func problems(_ environment: [String: String], dotEnv: String? = nil) -> [String] {
        let error = #expect(throws: CentralSettingsError.self) { try settings(environment, dotEnv: dotEnv) }
        return error?.problems ?? []
    }

    @Test func `two secrets are enough`() throws {
        let settings = try Self.settings(Self.good)
        #expect(settings.databaseURL == .sqlite(path: "/var/lib/fichas/centre.sqlite"))
        #expect(settings.listen.description == "0.0.0.0:8090")
        #expect(settings.masterKey.reveal() == Self.keyOne)
        #expect(!settings.metricsArePublic)
        #expect(settings.trustedProxies.isEmpty)
    }

    @Test func `the environment wins over the env file, and that over the document`() throws {
        let settings = try Self.settings(
            Self.good.merging(["FICHAS_LISTEN": "127.0.0.1:1"]) { $1 },
            dotEnv: "FICHAS_LISTEN=127.0.0.1:2\nFICHAS_LOG_LEVEL=debug",
            document: #"{"listen":"127.0.0.1:3","logLevel":"error","metricsPublic":true}"#
        )
        #expect(settings.listen.port == 1)
        #expect(settings.logLevel == .debug)
        #expect(settings.metricsArePublic)
    }

    @Test func `every problem is named and no value is shown`() {
        let problems = Self.problems([
            "DATABASE_URL": "mysql://root:hunter2@h/d", "JWT_APIKEY_SECRET": "hunter2",
            "SUPER_ADMIN_INITIAL_PASSWORD": "hunter2", "SUPER_ADMIN_INITIAL_EMAIL": "hunter2",
            "CONEKTA_DEFAULT_PRIVATE_KEY": "key_hunter2", "FICHAS_LISTEN": "hunter2",
            "FICHAS_TRUSTED_PROXIES": "hunter2", "FICHAS_ALLOW_DEMO_SECRETS": "hunter2",
        ])
        let named = [
            "DATABASE_URL", "JWT_APIKEY_SECRET", "JWT_SESSION_SECRET", "SUPER_ADMIN_INITIAL_PASSWORD",
            "SUPER_ADMIN_INITIAL_EMAIL", "CONEKTA_DEFAULT_PUBLIC_KEY", "FICHAS_LISTEN", "FICHAS_TRUSTED_PROXIES",
            "FICHAS_ALLOW_DEMO_SECRETS",
        ]
        #expect(problems.count == named.count)
        for name in named { #expect(problems.contains { $0.hasPrefix(name) }, "\(name)") }
        #expect(!problems.joined().contains("hunter2"))
    }

    @Test func `the brief's own examples are refused outside the demonstration`() throws {
        let examples = [
            "JWT_APIKEY_SECRET": "secreto_api_keys_venta_fichas",
            "JWT_SESSION_SECRET": "secreto_sesiones_venta_fichas",
            "SUPER_ADMIN_INITIAL_EMAIL": "admin@ventafichas.com",
            "SUPER_ADMIN_INITIAL_PASSWORD": "ClaveAdminFichas123!",
            "CONEKTA_DEFAULT_PRIVATE_KEY": "sk_test_xxxx_para_fichas",
            "CONEKTA_DEFAULT_PUBLIC_KEY": "pk_test_xxxx_para_fichas",
        ]
        #expect(Self.problems(examples).count == 5)
        let demo = try Self.settings(examples.merging(["FICHAS_ALLOW_DEMO_SECRETS": "true"]) { $1 })
        #expect(demo.superAdminEmail == "admin@ventafichas.com")
        #expect(demo.conektaKeys?.publicKey == "pk_test_xxxx_para_fichas")
    }

    @Test func `one secret for two purposes is refused`() {
        let problems = Self.problems(["JWT_APIKEY_SECRET": Self.keyOne, "JWT_SESSION_SECRET": Self.keyOne])
        #expect(problems == ["JWT_SESSION_SECRET is the same as JWT_APIKEY_SECRET"])
    }

    @Test func `a secret may stand in a file or be a credential, but not twice`() throws {
        let folder = try TemporaryDirectory()
        try (Self.keyOne + "\n").write(toFile: folder.path("a"), atomically: true, encoding: .utf8)
        try Self.keyTwo.write(toFile: folder.path("JWT_SESSION_SECRET"), atomically: true, encoding: .utf8)
        let environment = ["JWT_APIKEY_SECRET_FILE": folder.path("a"), "CREDENTIALS_DIRECTORY": folder.path("")]
        let settings = try Self.settings(environment)
        #expect(settings.apiKeySecret.reveal() == Self.keyOne)
        #expect(settings.sessionSecret.reveal() == Self.keyTwo)
        let twice = environment.merging(["JWT_APIKEY_SECRET": Self.keyOne]) { $1 }
        #expect(Self.problems(twice) == ["JWT_APIKEY_SECRET and JWT_APIKEY_SECRET_FILE are both set"])
    }

    @Test func `an unknown key in the document is a problem`() {
        let error = #expect(throws: CentralSettingsError.self) {
            try Self.settings(Self.good, document: #"{"listn":"127.0.0.1:1"}"#)
        }
        #expect(error?.problems.count == 1)
    }

    @Test func `help names every variable`() {
        for setting in CentralSetting.allCases {
            #expect(CentralSetting.documentation.contains(setting.variable + " (" + setting.key + ")"))
        }
        #expect(CentralSetting.databaseURL.key == "databaseUrl")
        #expect(CentralSetting.listen.key == "listen")
        #expect(CentralSetting.superAdminEmail.key == "superAdminInitialEmail")
    }

    @Test(
        arguments: [
            ("sqlite:///var/lib/c.sqlite", "/var/lib/c.sqlite"), ("sqlite:////var/c.sqlite", "/var/c.sqlite"),
            ("sqlite:///", nil), ("sqlite:///a/", nil), ("sqlite://c.sqlite", nil), ("c.sqlite", nil), ("", nil),
        ] as [(String, String?)]
    ) func `a database is named by an address`(text: String, path: String?) {
        #expect(DatabaseURL(text) == path.map(DatabaseURL.sqlite))
    }
}
