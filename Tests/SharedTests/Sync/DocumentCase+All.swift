extension DocumentCase {
    private static let digest = #""\#(String(repeating: "Bc", count: 32))""#
    private static let router = #"""
        {"id":"r2","name":"Otro","api":{"host":"h","port":8728,"username":"u","password":"p"},"api_keys":[]}
        """#
    private static let sameKeyRouter = #"""
        {"id":"r2","name":"Otro","api":{"host":"h","port":8728,"username":"u","password":"p"},
         "api_keys":[{"id":"k","sha256":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
           "expires_at":"2030-01-01T00:00:00Z"}]}
        """#

    private static func product(_ id: Int, cents: Int = 1_000, active: Bool = true) -> String {
        #"""
        {"id":\#(id),"name":"x","price_cents":\#(cents),"duration_seconds":60,"clock":"pausado","mikrotik_profile":"1h",
         "position":-1,"featured":true,"active":\#(active)}
        """#
    }

    static let all = accepted + wrongTop + wrongRouters + wrongProducts + cashiers + slips + resellers

    private static let hash =
        "$scrypt$ln=4,r=1,p=1$\(String(repeating: "A", count: 22))$\(String(repeating: "A", count: 43))"

    private static func cashier(
        _ id: String,
        name: String = "Ana",
        hash: String = hash,
        router: String = "r1"
    ) -> String {
        #"{"id":"\#(id)","name":"\#(name)","pin_hash":"\#(hash)","router_ids":["\#(router)"]}"#
    }

    private static let cashiers: [DocumentCase] = [
        .good("cashiers", "null"), .good("cashiers", "[]"), .good("cashiers", "[\(cashier("usr_1"))]"),
        .wrong("cashiers", "[\(cashier("a")),\(cashier("a"))]", "cashiers: ids must be unique", beyondSchema: true),
        .wrong("cashiers", "[\(cashier("a b"))]", "cashiers[0].id"),
        .wrong("cashiers", "[\(cashier("a", name: ""))]", "cashiers[0].name"),
        .wrong("cashiers", "[\(cashier("a", router: "r9"))]", "cashiers[0].router_ids: there is", beyondSchema: true),
        .wrong("cashiers", "[\(cashier("a", hash: "key_muy_secreta"))]", ".cashiers[0].pin_hash is not a hash"),
        .wrong(
            "cashiers",
            "[\(cashier("a", hash: hash.replacing("ln=4", with: "ln=30")))]",
            ".cashiers[0].pin_hash is not a hash",
            beyondSchema: true
        ),
        .wrong("cashiers", #"[{"id":"a","name":"Ana","router_ids":[]}]"#, ".cashiers[0].pin_hash is missing"),
    ]

    private static func printer(_ id: String, name: String = "Caja", address: String = "192.168.88.50") -> String {
        #"{"id":"\#(id)","name":"\#(name)","address":"\#(address)","paper":"58"}"#
    }

    private static let slips: [DocumentCase] =
        [
            .good("slips", "null"), .good("slips", "{}"), .good("printers", "null"), .good("printers", "[]"),
            .good("slips", #"{"wifi_name":"Plaza","lines":["a","b","c","d","e","f"],"logo_pbm":"UDQgOCAxIP8="}"#),
            .good("slips", #"{"wifi_name":null,"lines":null,"logo_pbm":null}"#),
            .good("printers", "[\(printer("p1"))]"),
            .good("printers", #"[{"id":"p","name":"x","address":"10.0.0.1:9101","paper":"80","opens_drawer":true}]"#),
            .wrong("slips", #"{"wifi_name":""}"#, "slips.wifi_name"),
            .wrong("slips", #"{"lines":[""]}"#, "slips.lines[0]"),
            .wrong("slips", #"{"wifi_name":"\#(String(repeating: "w", count: 33))"}"#, "slips.wifi_name"),
            .wrong("slips", #"{"lines":["\#(String(repeating: "ñ", count: 97))"]}"#, "slips.lines[0]"),
            .wrong("slips", #"{"lines":["1","2","3","4","5","6","7"]}"#, "slips.lines: at most"),
            .wrong("slips", #"{"logo_pbm":"key_muy_secreta"}"#, ".slips.logo_pbm is not a logo"),
            .wrong("slips", #"{"logo_pbm":"UDUgOCAxIP8="}"#, ".slips.logo_pbm is not a logo", beyondSchema: true),
            .wrong("slips", #"{"logo_pbm":"\#(String(repeating: "AAAA", count: 3_001))"}"#, ".slips.logo_pbm is not a"),
            .wrong("printers", "[\(printer("a")),\(printer("a"))]", "printers: ids must be unique", beyondSchema: true),
            .wrong("printers", "[\(printer("a b"))]", "printers[0].id"),
            .wrong("printers", "[\(printer("a", name: ""))]", "printers[0].name"),
            .wrong("printers", "[\((1...17).map { printer("p\($0)") }.joined(separator: ","))]", "printers: at most"),
            .wrong(
                "printers",
                #"[{"id":"p","name":"x","address":"10.0.0.1","paper":"57"}]"#,
                ".printers[0].paper is none"
            ),
            .wrong("printers", #"[{"id":"p","name":"x","paper":"58"}]"#, ".printers[0].address is missing"),
        ]
        + [
            "8.8.8.8", "172.32.0.1", "impresora.mx", "[::1]", "0.0.0.0", "10.0.0.1@evil.mx", "http://10.0.0.1",
            "key_muy_secreta",
        ].map {
            .wrong("printers", "[\(printer("p", address: $0))]", ".printers[0].address is not an address of the local")
        }

    private static func reseller(
        _ id: String,
        name: String = "Lupita",
        rate: String = "2000",
        more: String = ""
    ) -> String {
        #"{"id":"\#(id)","name":"\#(name)","commission_bp":\#(rate)\#(more)}"#
    }

    private static let resellers: [DocumentCase] = [
        .good("resellers", "null"), .good("resellers", "[]"), .good("resellers", "[\(reseller("rev_1"))]"),
        .good("resellers", "[\(reseller("a", rate: "0", more: #","contact":null,"router_ids":null"#))]"),
        .good("resellers", "[\(reseller("a", rate: "10000", more: #","contact":"55 1","router_ids":["r1"]"#))]"),
        .wrong("resellers", "[\(reseller("a")),\(reseller("a"))]", "resellers: ids must", beyondSchema: true),
        .wrong("resellers", "[\(reseller("a b"))]", "resellers[0].id"),
        .wrong("resellers", "[\(reseller("a", name: ""))]", "resellers[0].name"),
        .wrong("resellers", "[\(reseller("a", rate: "-1"))]", "resellers[0].commission_bp"),
        .wrong("resellers", "[\(reseller("a", rate: "10001"))]", "resellers[0].commission_bp"),
        .wrong("resellers", "[\(reseller("a", rate: "1.5"))]", "a number has a fraction"),
        .wrong("resellers", #"[{"id":"a","name":"Lupita"}]"#, ".resellers[0].commission_bp is missing"),
        .wrong(
            "resellers",
            "[\(reseller("a", more: #","router_ids":["r9"]"#))]",
            "resellers[0].router_ids: there is",
            beyondSchema: true
        ),
    ]

    private static let accepted: [DocumentCase] = [
        .good("snapshot_version", "9223372036854775807"), .good("novedad", #"{"a":[1]}"#), .good("conekta", nil),
        .good("conekta", "null"), .good("conekta.sends_shipping_contact", "true"), .good("products", "[]"),
        .good("required_capabilities", nil), .good("required_capabilities", "[]"),
        .good("issued_at", #""2026-11-22T00:00:00.25-06:00""#), .good("empresa.support_contact", nil),
        .good("site.time_zone", #""America/Tijuana""#), .good("site.time_zone", #""UTC""#),
        .good("routers.0.api_keys", "[]"), .good("routers.0.api.certificate_sha256", digest),
        .good("routers.0.api.certificate_sha256", "null"), .good("routers.0.hotspot_server", nil),
        .good("routers.0.api.port", "1"), .good("routers.0.api.port", "65535"), .good("routers.0.api.password", #""""#),
        .good("routers.0.id", #""\#(String(repeating: "a", count: 64))""#),
        .good("products.0.router_ids", "[]"), .good("products.0.router_ids", #"["r1"]"#),
        .good("products.0.details", #"[1,"dos",null]"#), .good("products.0.price_cents", "300"),
        .good("products.0.price_cents", "100000000"), .good("products.0", product(1, cents: 299, active: false)),
        .good("products.0.currency", #""USD""#), .good("products.0.currency", "null"),
        .good("products.0.duration_seconds", "60"), .good("products.0.duration_seconds", "31536000"),
        .good("products.0.name", #""\#(String(repeating: "ñ", count: 120))""#), .good("products.0.position", "-7"),
    ]

    private static let wrongTop: [DocumentCase] = [
        .wrong("format_version", "2", "format_version is 2, this box reads 1"), .wrong("format_version", "0", "format"),
        .wrong("format_version", #""1""#, ".format_version has the wrong type"),
        .wrong("format_version", nil, ".format_version is missing"),
        .wrong("snapshot_version", "0", "snapshot_version"), .wrong("snapshot_version", "null", ".snapshot_version"),
        .wrong("issued_at", #""ayer""#, ".issued_at is not an RFC 3339"), .wrong("issued_at", "1", ".issued_at has"),
        .wrong("issued_at", #""2026-11-22""#, ".issued_at is not"),
        .wrong("required_capabilities", #"["card_payments","volar"]"#, "required_capabilities: volar"),
        .wrong("empresa", nil, ".empresa is missing"), .wrong("empresa.id", #""""#, "empresa: id"),
        .wrong("empresa.name", #""""#, "empresa: id and name"), .wrong("empresa.support_contact", "5", ".empresa.supp"),
        .wrong("site.id", #""""#, "site: id"), .wrong("site.name", #""""#, "site: id and name"),
        .wrong("site.time_zone", #""America/Ciudad_de_Mexico""#, "site.time_zone", beyondSchema: true),
        .wrong("site.time_zone", #""../../etc/passwd""#, "site.time_zone", beyondSchema: true),
        .wrong("site.time_zone", #""""#, "site.time_zone"), .wrong("conekta.public_key", #""""#, "conekta: both"),
        .wrong("conekta.private_key", #""""#, "conekta: both"),
        .wrong("conekta.private_key", nil, ".conekta.private_key is missing"),
        .wrong("conekta.private_key", #"{"x":"key_muy_secreta"}"#, ".conekta.private_key has the wrong type"),
        .wrong("conekta.sends_shipping_contact", "1", ".conekta.sends_shipping_contact has"),
    ]

    private static let wrongRouters: [DocumentCase] = [
        .wrong("routers", "[]", "routers: there must be"), .wrong("routers", "{}", ".routers has the wrong type"),
        .wrong("routers.0.id", #""caja 1""#, "routers[0].id"), .wrong("routers.0.id", #""""#, "routers[0].id"),
        .wrong("routers.0.id", #""ñ""#, "routers[0].id"), .wrong("routers.0.name", #""""#, "routers[0].name"),
        .wrong("routers.0.id", #""\#(String(repeating: "a", count: 65))""#, "routers[0].id"),
        .wrong("routers.0.api.port", "0", "routers[0].api.port"),
        .wrong("routers.0.api.port", "65536", "routers[0].api"),
        .wrong("routers.0.api.port", #""8728""#, ".routers[0].api.port has the wrong type"),
        .wrong("routers.0.api.host", #""""#, "routers[0].api.host"),
        .wrong("routers.0.api.username", #""""#, "routers[0].api.username"),
        .wrong("routers.0.api.password", nil, ".routers[0].api.password is missing"),
        .wrong("routers.0.api.password", #"["key_muy_secreta"]"#, ".routers[0].api.password has the wrong type"),
        .wrong(
            "routers.0.api.certificate_sha256",
            #""key_muy_secreta""#,
            ".routers[0].api.certificate_sha256 is not a"
        ),
        .wrong("routers.0.hotspot_server", #""""#, "routers[0].hotspot_server"),
        .wrong("routers.0.api_keys", nil, ".routers[0].api_keys is missing"),
        .wrong("routers.0.api_keys.0.sha256", #""0a""#, ".routers[0].api_keys[0].sha256 is not a SHA-256"),
        .wrong(
            "routers.0.api_keys.0.expires_at",
            #""key_muy_secreta""#,
            ".routers[0].api_keys[0].expires_at is not an"
        ),
        .wrong("routers", "[\(router),\(router)]", "routers: ids must be unique", beyondSchema: true),
        .wrong(
            "routers",
            "[\(sameKeyRouter),\(sameKeyRouter.replacing("r2", with: "r3"))]",
            "routers: one api key",
            beyondSchema: true
        ),
    ]

    private static let wrongProducts: [DocumentCase] = [
        .wrong("products", "[\(product(1)),\(product(1))]", "products: ids must be unique", beyondSchema: true),
        .wrong("products.0.id", #""1""#, ".products[0].id has the wrong type"),
        .wrong("products.0.name", #""""#, "products[0].name"),
        .wrong("products.0.price_cents", "0", "products[0].price"),
        .wrong("products.0.name", #""\#(String(repeating: "n", count: 121))""#, "products[0].name"),
        .wrong("products.0.price_cents", "100000001", "products[0].price_cents must be"),
        .wrong("products.0.price_cents", "299", "products[0].price_cents: Conekta takes", beyondSchema: true),
        .wrong("products.0.duration_seconds", "59", "products[0].duration"),
        .wrong("products.0.duration_seconds", "31536001", "products[0].duration"),
        .wrong("products.0.clock", #""key_muy_secreta""#, ".products[0].clock is none of the values"),
        .wrong("products.0.currency", #""MX""#, "products[0].currency"),
        .wrong("products.0.currency", #""mxn""#, "products[0].currency"),
        .wrong("products.0.currency", #""PESO""#, "products[0].currency"),
        .wrong("products.0.mikrotik_profile", #""""#, "products[0].mikrotik_profile"),
        .wrong("products.0.data_limit_bytes", "999999", "products[0].data_limit_bytes"),
        .wrong("products.0.router_ids", #"["r9"]"#, "products[0].router_ids: there is no", beyondSchema: true),
        .wrong("products.0.featured", #""si""#, ".products[0].featured has the wrong type"),
        .wrong("products.0.position", #""1""#, ".products[0].position has the wrong type"),
        .wrong("products.0.active", nil, ".products[0].active is missing"),
    ]
}
