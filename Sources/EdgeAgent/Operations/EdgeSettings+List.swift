extension EdgeSettings {
    /// A setting as its owner finds it.
    struct Setting {
        let key: String
        let variable: String
        let fallback: String
        let text: String
    }

    static let settings = [
        Setting(
            key: "siteFile",
            variable: "FICHAS_SITE_FILE",
            fallback: "/etc/fichas/site.json",
            text: "site document with its keys and passwords; not read where systemd hands over a credential site.json"
        ),
        Setting(
            key: "centreFile",
            variable: "FICHAS_CENTRE_FILE",
            fallback: "",
            text:
                "what edge-agent enroll writes; beside the database unless given. With it the site document comes from the centre"
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
            text:
                "this box as phones find it (http://10.5.50.2:8080), for the way back from a bank's page and for the QR of slips"
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
            text: "how long a charge or refund without an answer may take to show at Conekta; under 60 only for trials"
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
            text: "how long the answer to a purchase waits for its end, 60 at most; 202 then"
        ),
    ]

    /// The list for `--help`.
    static let documentation = settings.map { setting in
        let text = wrapped(setting.text).joined(separator: "\n      ")
        return "  \(setting.variable) (\(setting.key))\n      \(text)\n      default: \(setting.fallback)"
    }.joined(separator: "\n")

    /// Lines that the help's own wrapping at 80 columns leaves alone.
    private static func wrapped(_ text: String) -> [String] {
        text.split(separator: " ").reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + word.count < 70 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
