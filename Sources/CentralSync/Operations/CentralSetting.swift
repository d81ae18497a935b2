/// The settings of the centre, each by the name of its variable.
enum CentralSetting: String, CaseIterable {
    case databaseURL = "DATABASE_URL"
    case apiKeySecret = "JWT_APIKEY_SECRET"
    case sessionSecret = "JWT_SESSION_SECRET"
    case superAdminEmail = "SUPER_ADMIN_INITIAL_EMAIL"
    case superAdminPassword = "SUPER_ADMIN_INITIAL_PASSWORD"
    case conektaPrivateKey = "CONEKTA_DEFAULT_PRIVATE_KEY"
    case conektaPublicKey = "CONEKTA_DEFAULT_PUBLIC_KEY"
    case conektaURL = "FICHAS_CONEKTA_URL"
    case masterKey = "FICHAS_MASTER_KEY"
    case listen = "FICHAS_LISTEN"
    case metricsPublic = "FICHAS_METRICS_PUBLIC"
    case trustedProxies = "FICHAS_TRUSTED_PROXIES"
    case logLevel = "FICHAS_LOG_LEVEL"
    case allowDemoSecrets = "FICHAS_ALLOW_DEMO_SECRETS"

    var variable: String { rawValue }

    /// The name in a JSON file: `FICHAS_LISTEN` is `listen`, `DATABASE_URL` is `databaseUrl`.
    var key: String {
        let words = rawValue.lowercased().split(separator: "_").drop { $0 == "fichas" }
        return (words.prefix(1).map(String.init) + words.dropFirst().map(\.capitalized)).joined()
    }

    /// What it is when nobody says; nil when it has to be said, or may be left out.
    var fallback: String? {
        switch self {
        case .databaseURL: "sqlite:///var/lib/fichas/centre.sqlite"
        case .conektaURL: "https://api.conekta.io"
        case .listen: "0.0.0.0:8090"
        case .metricsPublic, .allowDemoSecrets: "false"
        case .trustedProxies: ""
        case .logLevel: "info"
        default: nil
        }
    }

    /// May also come from a file or a systemd credential.
    var isSecret: Bool {
        switch self {
        case .databaseURL, .apiKeySecret, .sessionSecret, .superAdminPassword, .conektaPrivateKey, .masterKey: true
        default: false
        }
    }

    /// What it should be, as `--help` and complaints say it.
    var text: String {
        switch self {
        case .databaseURL: "sqlite:///PATH, or postgresql://user:password@host/database"
        case .apiKeySecret: "signs the API keys of portals; 32 characters or more (openssl rand -base64 48)"
        case .sessionSecret: "signs the sessions of people; another than the one of the API keys"
        case .superAdminEmail: "the first super admin, made when there is none"
        case .superAdminPassword: "the first super admin's password until the first login; 12 characters or more"
        case .conektaPrivateKey: "Conekta's private key for empresas without keys of their own"
        case .conektaPublicKey: "the public key that belongs to it; both or neither"
        case .conektaURL: "Conekta's API, where keys are tried; plain http only on this machine"
        case .masterKey: "seals what is secret in the database; without it JWT_APIKEY_SECRET does"
        case .listen: "address and port of the API; people and boxes should come through a proxy with TLS"
        case .metricsPublic: "true lets other machines read /metrics"
        case .trustedProxies: "IP addresses of the proxies whose X-Forwarded-For is believed, with commas"
        case .logLevel: "trace, debug, info, notice, warning, error"
        case .allowDemoSecrets: "true accepts weak and example secrets; for a demonstration only"
        }
    }

    /// The list for `--help`.
    static let documentation = allCases.map { setting in
        let fallback = setting.fallback.map { $0.isEmpty ? "\n      default: none" : "\n      default: \($0)" } ?? ""
        return "  \(setting.variable) (\(setting.key))\n      \(setting.text)\(fallback)"
    }.joined(separator: "\n")
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
