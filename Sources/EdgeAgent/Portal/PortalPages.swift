import Purchasing
import ServerKit
import Shared

/// The pages of the portal. What is the same for everybody is made once; the rest is rendered when it is asked for.
struct PortalPages: Sendable {
    /// How often a page that can sell nothing looks again, on how many phones ever: rarely enough for a small box.
    static let refreshSeconds = 20

    private struct CatalogueKey: Hashable {
        let routerID: String
        let unavailability: CardUnavailability?
    }

    let policy: PortalPolicy
    /// The card page's script.
    let script: Precomputed
    /// The script of the page for a code.
    let codeScript: Precomputed
    /// For a site with several routers and a visitor of none of them.
    let chooseRouter: Precomputed

    private let templates: PortalTemplates
    private let identity: PortalIdentity
    private let catalogues: [CatalogueKey: Precomputed]
    private let redeemForms: [String: Precomputed]
    private let onlinePages: [String: Precomputed]
    private let noPurchasePages: [String: Precomputed]
    private let conektaPublicKey: String
    private let tokenizerURL: String

    /// - Parameters:
    ///   - directory: The folder `portal-html/portal`.
    ///   - tokenizerURL: Where the browser gets the script of Conekta's card form.
    /// - Throws: `PortalError`; `Gzip.CompressionError`.
    init(directory: String, site: SiteSnapshot, tokenizerURL: String) throws {
        templates = try PortalTemplates(directory: directory)
        policy = try PortalPolicy(style: templates.style, tokenizerURL: tokenizerURL)
        identity = PortalIdentity(site, style: templates.style)
        conektaPublicKey = site.conekta?.publicKey ?? ""
        self.tokenizerURL = tokenizerURL
        let javascript = "text/javascript; charset=utf-8"
        script = try Precomputed(Array(templates.script.utf8), contentType: javascript)
        codeScript = try Precomputed(Array(templates.codeScript.utf8), contentType: javascript)

        let (templates, identity) = (templates, identity)
        func page(_ template: PortalTemplate, _ view: some Sendable) throws -> Precomputed {
            try Precomputed(Array(templates.render(template, view).utf8), contentType: "text/html; charset=utf-8")
        }
        chooseRouter = try page(.chooseRouter, ChooseRouterView(site, identity: identity))
        func perRouter(_ make: (_ routerID: String) throws -> Precomputed) rethrows -> [String: Precomputed] {
            try Dictionary(uniqueKeysWithValues: site.routers.map { ($0.id, try make($0.id)) })
        }
        var catalogues: [CatalogueKey: Precomputed] = [:]
        for router in site.routers {
            for reason in [nil] + CardUnavailability.allCases {
                let view = CatalogueView(site, routerID: router.id, unavailability: reason, identity: identity)
                catalogues[CatalogueKey(routerID: router.id, unavailability: reason)] = try page(.catalogue, view)
            }
        }
        self.catalogues = catalogues
        redeemForms = try perRouter { try page(.redeem, RedeemView(identity: identity, routerID: $0)) }
        noPurchasePages = try perRouter { id in
            let (redeemURL, catalogueURL) = (PortalPath.redeem(id), PortalPath.catalogue(id))
            let view = NoPurchaseView(identity: identity, redeemURL: redeemURL, catalogueURL: catalogueURL)
            return try page(.noPurchase, view)
        }
        onlinePages = try perRouter { try page(.connection, ConnectionView(onlineAt: $0, identity: identity)) }
    }

    // MARK: Made once

    /// The price list of a router, with the reason why no card is taken; nil if the site has no such router.
    func catalogue(_ routerID: String, without unavailability: CardUnavailability?) -> Precomputed? {
        catalogues[CatalogueKey(routerID: routerID, unavailability: unavailability)]
    }
    /// The empty form for a code.
    func redeemForm(_ routerID: String) -> Precomputed? { redeemForms[routerID] }
    /// *Mi ficha* where there is none.
    func noPurchase(_ routerID: String) -> Precomputed? { noPurchasePages[routerID] }
    /// What somebody sees whose typed code worked.
    func online(_ routerID: String) -> Precomputed? { onlinePages[routerID] }

    // MARK: Made for one visitor

    func card(
        _ product: SiteSnapshot.Product,
        routerID: String,
        attempt: AttemptID,
        typed: CardForm = CardForm(),
        problem: String? = nil
    ) -> String {
        templates.render(
            .card,
            CardView(
                identity: identity,
                product: ProductView(product),
                action: PortalPath.card(routerID, product.id),
                attempt: attempt.text,
                publicKey: conektaPublicKey,
                tokenizerURL: tokenizerURL,
                catalogueURL: PortalPath.catalogue(routerID),
                name: typed.customerName,
                email: typed.customerEmail,
                problem: problem
            )
        )
    }

    /// - Parameter retryURL: Nil where trying again makes no sense.
    func cardUnavailable(_ reason: String, routerID: String, retryURL: String?) -> String {
        templates.render(
            .cardUnavailable,
            CardUnavailableView(
                identity: identity,
                reason: reason,
                retryURL: retryURL,
                refreshSeconds: Self.refreshSeconds,
                redeemURL: PortalPath.redeem(routerID),
                catalogueURL: PortalPath.catalogue(routerID)
            )
        )
    }

    /// The ficha, or how far the purchase has come.
    func purchase(_ purchase: Purchase, now: Timestamp) -> String {
        if let code = purchase.deliveredCode {
            return templates.render(.ficha, FichaView(purchase, code: code, identity: identity))
        }
        return templates.render(.purchase, PurchaseView(purchase, now: now, identity: identity))
    }

    func connection(_ result: ConnectionResult, purchase: Purchase, code: FichaCode) -> String {
        templates.render(.connection, ConnectionView(result, purchase: purchase, code: code, identity: identity))
    }

    /// What is left of a phone's ficha.
    func mine(_ mine: PhoneFicha, at moment: FichaMoment) -> String {
        let view = MineView(
            mine.ficha,
            waiting: mine.waiting,
            isOnline: mine.isOnline,
            at: moment,
            identity: identity
        )
        return templates.render(.mine, view)
    }

    /// Why *Conectar* on *Mi ficha* did not work.
    func connection(_ result: ConnectionResult, routerID: String) -> String {
        templates.render(.connection, ConnectionView(result, routerID: routerID, identity: identity))
    }

    /// The form for a code with the code in it, and what is wrong with it.
    func redeem(_ routerID: String, code: String, problem: String?) -> String {
        templates.render(
            .redeem,
            RedeemView(identity: identity, routerID: routerID, code: code, problem: problem)
        )
    }

    /// For `AppRouter.Options.renderHTML`.
    func error(_ error: APIError, requestID: String) -> String {
        templates.render(.error, ErrorView(error, requestID: requestID, identity: identity))
    }
}

extension Purchase {
    /// The code, once the ficha is the buyer's.
    var deliveredCode: FichaCode? { state == .delivered ? fichaCode : nil }
}
