import Configuration
import FoundationEssentials
import Logging
import Purchasing
import ServerKit

/// How this process runs. What the site sells stands in the site document instead, which the centre owns.
///
/// Each setting is read from the environment (`FICHAS_…`), else from a JSON file, else it has its default; see
/// ``documentation`` for the list that `edge-agent serve --help` shows.
struct EdgeSettings: Sendable {
    /// Path of the site document.
    var siteFile: String
    /// Path of the SQLite file.
    var databaseFile: String
    /// Where the portal and the API listen.
    var listen: ListenAddress
    /// Other machines than this one may read `/metrics`.
    var metricsArePublic: Bool
    /// The folder `portal-html`.
    var portalDirectory: String
    /// Conekta's API, or a server that speaks it; without a slash at the end.
    var conektaURL: String
    /// The script of Conekta's tokenizer, as the buyer's browser gets it.
    var tokenizerURL: String
    /// Where phones find this box, without a slash at the end: a bank's page sends its visitors back there. Empty when
    /// nobody said, and they come back by themselves.
    var portalURL: String
    var logLevel: Logger.Level
    var policy: PurchasePolicy
    /// How long the answer to a purchase waits for its end; then it is 202.
    var answerPatience: Duration

    private struct Setting {
        let key: String
        let variable: String
        let fallback: String
        let text: String
    }

    private static let settings = [
        Setting(
            key: "siteFile",
            variable: "FICHAS_SITE_FILE",
            fallback: "/etc/fichas/site.json",
            text: "site document with its keys and passwords; a systemd credential named site.json comes first"
        ),
        Setting(
            key: "database",
            variable: "FICHAS_DATABASE",
            fallback: "/var/lib/fichas/box.sqlite",
            text: "SQLite file"
        ),
        Setting(
            key: "listen",
            variable: "FICHAS_LISTEN",
            fallback: "0.0.0.0:8080",
            text: "address and port of the portal and the API"
        ),
        Setting(
            key: "metricsPublic",
            variable: "FICHAS_METRICS_PUBLIC",
            fallback: "false",
            text: "true lets other machines read /metrics"
        ),
        Setting(
            key: "portalDirectory",
            variable: "FICHAS_PORTAL_DIRECTORY",
            fallback: "/usr/share/fichas/portal-html",
            text: "folder of the pages"
        ),
        Setting(
            key: "conektaUrl",
            variable: "FICHAS_CONEKTA_URL",
            fallback: "https://api.conekta.io",
            text: "Conekta's API; plain http only on this machine"
        ),
        Setting(
            key: "tokenizerUrl",
            variable: "FICHAS_TOKENIZER_URL",
            fallback: "https://pay.conekta.com/v1.0/js/conekta-checkout.min.js",
            text: "script of Conekta's card form"
        ),
        Setting(
            key: "portalUrl",
            variable: "FICHAS_PORTAL_URL",
            fallback: "",
            text: "this box as phones find it (http://10.5.50.2:8080), for the way back from a bank's page"
        ),
        Setting(
            key: "logLevel",
            variable: "FICHAS_LOG_LEVEL",
            fallback: "info",
            text: "trace, debug, info, notice, warning, error"
        ),
        Setting(
            key: "settleSeconds",
            variable: "FICHAS_SETTLE_SECONDS",
            fallback: "300",
            text: "how long a charge or refund without an answer may take to show at Conekta"
        ),
        Setting(
            key: "deliverySeconds",
            variable: "FICHAS_DELIVERY_SECONDS",
            fallback: "120",
            text: "how long the router may be away before the money goes back"
        ),
        Setting(
            key: "answerSeconds",
            variable: "FICHAS_ANSWER_SECONDS",
            fallback: "30",
            text: "how long the answer to a purchase waits for its end; 202 then"
        ),
    ]

    /// The list for `--help`.
    static let documentation = settings.map { setting in
        "  \(setting.variable) (\(setting.key))\n      \(setting.text)\n      default: \(setting.fallback)"
    }.joined(separator: "\n")

    /// Reads all of them.
    ///
    /// - Parameter file: A JSON file with the keys in brackets; nil for none.
    /// - Throws: `EdgeSettingsError` with every problem found; what reading the file throws.
    init(file: String?, environment: [String: String]) async throws {
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "fichas")
        ]
        if let file {
            let place = ConfigReader(provider: InMemoryProvider(values: ["filePath": .init(stringLiteral: file)]))
            providers.append(try await FileProvider<JSONSnapshot>(config: place))
        }
        try self.init(ConfigReader(providers: providers), credentials: environment["CREDENTIALS_DIRECTORY"])
    }

    private init(_ reader: ConfigReader, credentials: String?) throws(EdgeSettingsError) {
        var problems: [String] = []
        func value<Value>(_ key: String, _ parse: (String) -> Value?) -> Value? {
            guard let setting = Self.settings.first(where: { $0.key == key }) else { return nil }
            if let parsed = parse(reader.string(forKey: ConfigKey(key), default: setting.fallback)) { return parsed }
            problems.append("\(setting.variable): \(setting.text)")
            return nil
        }
        func seconds(_ key: String) -> Duration? {
            value(key) { text in Int64(text).flatMap { (1...86_400).contains($0) ? .seconds($0) : nil } }
        }
        let siteFile = value("siteFile") { $0.isEmpty ? nil : $0 }
        let databaseFile = value("database") { $0.isEmpty ? nil : $0 }
        let listen = value("listen", ListenAddress.init)
        let metricsArePublic = value("metricsPublic", Bool.init)
        let portalDirectory = value("portalDirectory") { $0.isEmpty ? nil : $0 }
        let conektaURL = value("conektaUrl", Self.webAddress)
        let tokenizerURL = value("tokenizerUrl", Self.webAddress)
        let portalURL = value("portalUrl") { $0.isEmpty ? "" : Self.address($0) }
        let logLevel = value("logLevel", Logger.Level.init(rawValue:))
        let settle = seconds("settleSeconds")
        let delivery = seconds("deliverySeconds")
        let answer = seconds("answerSeconds")
        guard let siteFile, let databaseFile, let listen, let metricsArePublic, let portalDirectory, let conektaURL,
            let tokenizerURL, let portalURL, let logLevel, let settle, let delivery, let answer
        else { throw EdgeSettingsError(problems: problems) }
        self.siteFile = credentials.flatMap(Self.siteCredential) ?? siteFile
        self.databaseFile = databaseFile
        self.listen = listen
        self.metricsArePublic = metricsArePublic
        self.portalDirectory = portalDirectory
        self.conektaURL = conektaURL
        self.tokenizerURL = tokenizerURL
        self.portalURL = portalURL
        self.logLevel = logLevel
        answerPatience = answer
        policy = PurchasePolicy(deliveryDeadline: delivery, settleWindow: settle)
    }

    private static func siteCredential(_ directory: String) -> String? {
        let path = directory + "/site.json"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// `https://…`, or `http://…` for a server on this machine; what follows the host is kept, a last slash is not.
    private static func webAddress(_ text: String) -> String? {
        guard let address = address(text), let url = URL(string: text), let host = url.host(),
            url.scheme == "https" || ListenAddress.isLoopback(host)
        else { return nil }
        return address
    }

    /// `https://…` or `http://…`, without a last slash.
    private static func address(_ text: String) -> String? {
        guard let url = URL(string: text), url.scheme == "https" || url.scheme == "http", url.host() != nil else {
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// What is wrong with the settings; each problem names its variable and never its value.
struct EdgeSettingsError: Error, Equatable, CustomStringConvertible {
    let problems: [String]

    var description: String { "settings: " + problems.joined(separator: "; ") }
}
