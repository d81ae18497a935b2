import Foundation
import Logging
import ServerKit
import Shared

/// How this process runs. See ``CentralSetting`` for what each one is.
struct CentralSettings: Sendable {
    var databaseURL: DatabaseURL
    var apiKeySecret: Secret<String>
    var sessionSecret: Secret<String>
    /// What the keys that seal are made from: `FICHAS_MASTER_KEY`, else `JWT_APIKEY_SECRET`.
    var masterKey: Secret<String>
    var superAdminEmail: String?
    var superAdminPassword: Secret<String>?
    /// Conekta's keys for empresas without keys of their own.
    var conektaKeys: (privateKey: Secret<String>, publicKey: String)?
    /// Conekta's API, without a slash at the end.
    var conektaURL: String
    var listen: ListenAddress
    /// Other machines than this one may read `/metrics`.
    var metricsArePublic: Bool
    /// IP addresses of the proxies whose `X-Forwarded-For` is believed.
    var trustedProxies: Set<String>
    var logLevel: Logger.Level
    /// Weak and example secrets were let pass.
    var acceptsDemoSecrets: Bool

    /// - Throws: Every problem found.
    init(_ sources: SettingSources) throws(CentralSettingsError) {
        var reader = SettingReader(sources)
        let databaseURL = reader.value(.databaseURL, DatabaseURL.init)
        let apiKeySecret = reader.key(.apiKeySecret)
        let sessionSecret = reader.key(.sessionSecret)
        if let apiKeySecret, apiKeySecret == sessionSecret {
            reader.complain(.sessionSecret, "is the same as \(CentralSetting.apiKeySecret.variable)")
        }
        let masterKey = reader.isSaid(.masterKey) ? reader.key(.masterKey) : apiKeySecret
        superAdminEmail = reader.optional(.superAdminEmail, EmailAddress.normalised)
        superAdminPassword = reader.firstPassword(.superAdminPassword, email: superAdminEmail)
        let privateKey = reader.secret(.conektaPrivateKey)
        let publicKey = reader.secret(.conektaPublicKey)
        if (privateKey == nil) != (publicKey == nil) {
            reader.complain(privateKey == nil ? .conektaPrivateKey : .conektaPublicKey, "is missing beside its pair")
        }
        if let privateKey, let publicKey { conektaKeys = (privateKey, publicKey.reveal()) }
        let conektaURL = reader.value(.conektaURL, Self.webAddress)
        let listen = reader.value(.listen, ListenAddress.init)
        let metricsArePublic = reader.value(.metricsPublic, Bool.init)
        let trustedProxies = reader.value(.trustedProxies, Self.addresses)
        let logLevel = reader.value(.logLevel, Logger.Level.init(rawValue:))
        let acceptsDemoSecrets = reader.value(.allowDemoSecrets, Bool.init)
        try reader.finish()
        guard let databaseURL, let apiKeySecret, let sessionSecret, let masterKey, let conektaURL, let listen,
            let metricsArePublic, let trustedProxies, let logLevel, let acceptsDemoSecrets
        else { throw CentralSettingsError(problems: ["a setting is missing"]) }
        self.databaseURL = databaseURL
        self.apiKeySecret = apiKeySecret
        self.sessionSecret = sessionSecret
        self.masterKey = masterKey
        self.conektaURL = conektaURL
        self.listen = listen
        self.metricsArePublic = metricsArePublic
        self.trustedProxies = trustedProxies
        self.logLevel = logLevel
        self.acceptsDemoSecrets = acceptsDemoSecrets
    }

    /// The one setting that commands beside `serve` need.
    static func databaseURL(_ sources: SettingSources) throws(CentralSettingsError) -> DatabaseURL {
        var reader = SettingReader(sources)
        let url = reader.value(.databaseURL, DatabaseURL.init)
        try reader.finish()
        guard let url else { throw CentralSettingsError(problems: ["a setting is missing"]) }
        return url
    }

    /// `https://…`, or `http://…` on this machine, without a last slash.
    private static func webAddress(_ text: String) -> String? {
        guard let url = URL(string: text), let host = url.host(),
            url.scheme == "https" || (url.scheme == "http" && ListenAddress.isLoopback(host))
        else { return nil }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func addresses(_ text: String) -> Set<String>? {
        let addresses = text.split(separator: ",").map { $0.filter { $0 != " " } }
        return addresses.allSatisfy { ListenAddress("[\($0)]:0") != nil || ListenAddress("\($0):0") != nil }
            ? Set(addresses) : nil
    }
}
