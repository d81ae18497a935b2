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
    /// Path of the file that makes the box one of a centre's; there is none where the site document is a file.
    var centreFile: String
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
    /// How long the answer to a purchase waits for its end; then it is 202. Shorter than any request may take.
    var answerPatience: Duration

    /// What is allowed but should not stay so, for the log.
    var warnings: [String] {
        // A charge may be under way for a minute: a doubt must not end before it.
        policy.settleWindow < .seconds(60) ? ["FICHAS_SETTLE_SECONDS is under 60: for trials only"] : []
    }

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
            for text in Self.texts(ConfigKey(key), in: reader) ?? [setting.fallback] {
                if let parsed = parse(text) { return parsed }
            }
            problems.append("\(setting.variable): \(setting.text)")
            return nil
        }
        func seconds(_ key: String, upTo limit: Int64 = 86_400) -> Duration? {
            value(key) { text in Int64(text).flatMap { (1...limit).contains($0) ? .seconds($0) : nil } }
        }
        let siteFile = value("siteFile") { $0.isEmpty ? nil : $0 }
        let centreFile = value("centreFile") { $0.hasSuffix("/") ? nil : $0 }
        let databaseFile = value("database") { $0.isEmpty ? nil : $0 }
        let listen = value("listen", ListenAddress.init)
        let metricsArePublic = value("metricsPublic", Bool.init)
        let portalDirectory = value("portalDirectory") { $0.isEmpty ? nil : $0 }
        let conektaURL = value("conektaUrl", Self.webAddress)
        let tokenizerURL = value("tokenizerUrl", Self.webAddress)
        let portalURL = value("portalUrl") { $0.isEmpty ? "" : Self.address($0) }
        let logLevel = value("logLevel", Logger.Level.init(rawValue:))
        let settle = seconds("settleSeconds", upTo: 3_600)
        let delivery = seconds("deliverySeconds")
        let answer = seconds("answerSeconds", upTo: 60)
        guard let siteFile, let centreFile, let databaseFile, let listen, let metricsArePublic, let portalDirectory,
            let conektaURL,
            let tokenizerURL, let portalURL, let logLevel, let settle, let delivery, let answer
        else { throw EdgeSettingsError(problems: problems) }
        self.siteFile = credentials.flatMap(Self.siteCredential) ?? siteFile
        self.centreFile =
            centreFile.isEmpty
            ? URL(filePath: databaseFile).deletingLastPathComponent().appending(path: "centre.json").path()
            : centreFile
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

    /// A value as text, in each way the JSON type the file gives it can be read; nil where there is none. A reader that is
    /// asked for text only finds no number, and the default would silently stand in its place.
    private static func texts(_ key: ConfigKey, in reader: ConfigReader) -> [String]? {
        if let text = reader.string(forKey: key) { return [text] }
        let numbers = [reader.int(forKey: key).map { String($0) }, reader.double(forKey: key).map { String($0) }]
        let texts = (numbers + [reader.bool(forKey: key).map { String($0) }]).compactMap(\.self)
        return texts.isEmpty ? reader.stringArray(forKey: key).map { _ in [] } : texts
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
