import Foundation
import Purchasing
import ServerKit
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// What must be true of every page, whatever is on it.
@Suite struct PortalPagesTests {
    /// A name that ends every context an escaping that compares characters leaves open.
    static let hostile = "<script>x</script>\"\u{301} onclick='\u{301}&\u{600}<b>"

    static func pages(of site: SiteSnapshot) throws -> [(name: String, html: String)] {
        let pages = try PortalPages.forTests(site)
        let product = try #require(site.catalogue(routerID: "r1").first)
        var generator = SplitMix64(seed: 7)
        let code = FichaCode(using: &generator)
        let typed = try JSONDecoder().decode(
            CardForm.self,
            from: try JSONEncoder().encode(["customer_name": hostile, "customer_email": hostile])
        )
        let attempt = AttemptID(using: &generator)
        var all = [
            ("choose", templates.render(.chooseRouter, ChooseRouterView(site, identity: identity(site)))),
            ("redeem", templates.render(.redeem, RedeemView(identity: identity(site), routerID: "r1"))),
            ("online", templates.render(.connection, ConnectionView(onlineAt: "r1", identity: identity(site)))),
            ("card", pages.card(product, routerID: "r1", attempt: attempt, typed: typed, problem: hostile)),
            ("unavailable", pages.cardUnavailable(hostile, routerID: "r1", retryURL: "/r/r1/comprar/1")),
            ("refused code", pages.redeem("r1", code: hostile, problem: hostile)),
            ("error", pages.error(.notFound, requestID: "abc")),
        ]
        for reason in [nil] + CardUnavailability.allCases {
            let view = CatalogueView(site, routerID: "r1", unavailability: reason, identity: identity(site))
            all.append(("catalogue \(reason?.rawValue ?? "")", templates.render(.catalogue, view)))
        }
        for clock in FichaClock.allCases {
            var ficha = try Ficha.sold(
                PurchasedProduct(
                    id: 1,
                    name: hostile,
                    price: product.price,
                    durationSeconds: 90_000,
                    clock: clock,
                    mikrotikProfile: "1h",
                    dataLimitBytes: 1_500_000_000
                )
            )
            try ficha.use(on: .phone(1), sessionTime: .zero, at: .noon())
            for isOnline in [true, false] {
                let mine = PhoneFicha(ficha: ficha, isOnline: isOnline, waiting: isOnline ? 1 : 0)
                all.append(("mine \(clock) \(isOnline)", pages.mine(mine, at: .noon(plus: .seconds(5)))))
            }
        }
        for state in PurchaseState.allCases {
            var purchase = Purchase(
                id: PurchaseID(using: &generator),
                routerID: "r1",
                product: PurchasedProduct(product),
                createdAt: Timestamp(seconds: 1_800_000_000)
            )
            purchase.state = state
            purchase.fichaCode = code
            if state == .declined { purchase.refusal = .cardDeclined(code: "insufficient_funds") }
            all.append((state.rawValue, pages.purchase(purchase, now: purchase.createdAt + .seconds(90))))
            guard state == .delivered else { continue }
            for result in ConnectionResult.allCases {
                all.append((result.rawValue, pages.connection(result, purchase: purchase, code: code)))
            }
        }
        return all
    }

    static func identity(_ site: SiteSnapshot) -> PortalIdentity {
        PortalIdentity(site, style: templates.style)
    }

    /// Made by hand with the tests, so a missing file fails all of them.
    static var templates: PortalTemplates {
        let folder = RunningProgram.package.appending(path: "portal-html/portal").path(percentEncoded: false)
        guard let templates = try? PortalTemplates(directory: folder) else {
            preconditionFailure("the portal's files are not usable")
        }
        return templates
    }

    static func site(name: String = "1 hora") throws -> SiteSnapshot {
        let json = try JSONSerialization.data(withJSONObject: [
            "format_version": 1, "snapshot_version": 1, "issued_at": "2026-11-22T00:00:00Z",
            "empresa": ["id": "e", "name": name, "support_contact": name],
            "site": ["id": "s", "name": name, "time_zone": "America/Mexico_City"],
            "conekta": ["public_key": name, "private_key": "key_privada"],
            "routers": [
                [
                    "id": "r1", "name": name, "api_keys": [Any](),
                    "api": ["host": "127.0.0.1", "port": 8_728, "username": "u", "password": "p"],
                ] as [String: Any]
            ],
            "products": (1...8).map { id in
                [
                    "id": id, "name": name, "price_cents": 1_500, "duration_seconds": 3_600, "clock": "corrido",
                    "mikrotik_profile": "1h", "position": id, "featured": id == 2, "active": true,
                ] as [String: Any]
            },
        ])
        return try SiteSnapshot(json: json)
    }

    @Test func `every page is light, whole and brings nothing from elsewhere`() throws {
        for (name, html) in try Self.pages(of: try Self.site()) {
            #expect(html.utf8.count < 20_000, "\(name)")
            #expect(try Gzip.compress(Array(html.utf8)).count < 8_000, "\(name)")
            #expect(html.hasPrefix("<!doctype html>"), "\(name)")
            #expect(html.contains("</html>") && html.contains("<h1>"), "\(name)")
            #expect(!html.contains("{{"), "\(name)")
            let elsewhere = html.replacing(PortalPages.tokenizerURL, with: "").contains(
                #/(src|href|action)="(https?:)?\/\//#
            )
            #expect(!elsewhere, "\(name)")
            #expect(!html.contains(#/ on[a-z]+=["']|style="|<img|target=/#), "\(name)")
            #expect(html.contains("<script") == ["card", "redeem", "refused code"].contains(name), "\(name)")
        }
    }

    @Test func `what comes from outside stays text on every page`() throws {
        for (name, html) in try Self.pages(of: try Self.site(name: Self.hostile)) {
            // Compared by scalars: a quote with an accent on it is a character of its own to String.
            let scalars = String(html.unicodeScalars.map { $0.isASCII ? Character($0) : "·" })
            #expect(!scalars.contains("<script>x"), "\(name)")
            #expect(!scalars.contains("\"·"), "\(name)")
            #expect(!scalars.contains("'·"), "\(name)")
            #expect(!scalars.contains("·<b>"), "\(name)")
            #expect(scalars.contains("&lt;script&gt;x"), "\(name)")
        }
    }

    @Test func `the policy allows the pages' own style and nothing else, and the card page Conekta's form`() throws {
        let policy = try PortalPolicy(style: "a{}", tokenizerURL: "https://pay.conekta.com:8443/x.js")
        // printf 'a{}' | openssl dgst -sha256 -binary | base64
        #expect(
            policy.pages
                == "default-src 'none'; style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        #expect(policy.cardPage.contains("script-src 'self' https://pay.conekta.com:8443; "))
        #expect(policy.cardPage.contains("frame-src https://pay.conekta.com:8443 https://*.conekta.com; "))
        #expect(policy.cardPage.contains("frame-ancestors 'none'"))
        #expect(!policy.cardPage.contains("unsafe"))
        for address in ["", "pay.conekta.com/x.js", "javascript:alert(1)", "ftp://x/y"] {
            #expect(throws: PortalError.tokenizerURL) { try PortalPolicy(style: "", tokenizerURL: address) }
        }
    }

    @Test func `the browser says of a mistyped code what the box says`() throws {
        let file = RunningProgram.package.appending(path: "portal-html/portal/code.js")
        #expect(try String(contentsOf: file, encoding: .utf8).contains("'\(RedeemRefusal.mistyped.message)'"))
    }

    @Test func `a folder without the pages is refused by the name of the file`() throws {
        let folder = try TemporaryDirectory()
        #expect(throws: PortalError.unreadable(file: folder.path("style.css"))) {
            try PortalTemplates(directory: folder.url.path(percentEncoded: false))
        }
        for file in ["style.css", "pay.js", "code.js"] { try Data().write(to: folder.url.appending(path: file)) }
        try Data("{{#open}}".utf8).write(to: folder.url.appending(path: "layout.mustache"))
        let error = #expect(throws: PortalError.self) {
            try PortalTemplates(directory: folder.url.path(percentEncoded: false))
        }
        #expect(error?.description.contains("layout.mustache") == true)
    }

    @Test func `the router's page leads to the box without a script and without the router's variables`() throws {
        let file = RunningProgram.package.appending(path: "portal-html/mikrotik/login.html")
        let html = try String(contentsOf: file, encoding: .utf8)
        let address = "http://DIRECCION_DE_LA_CAJA/?r=ID_DEL_ROUTER"
        #expect(html.contains("<meta http-equiv=\"refresh\" content=\"0; url=\(address)\">"))
        #expect(html.contains("<a href=\"\(address)\">"))
        #expect(!html.contains("<script"))
        #expect(!html.contains("$("))
        #expect(html.utf8.count < 2_000)
    }
}
