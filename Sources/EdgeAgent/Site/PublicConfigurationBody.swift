import Shared

/// `GET /config/public`.
struct PublicConfigurationBody: Encodable {
    let conektaPublicKey: String?
    let conektaTokenizerURL: String
    let currency: String
    let cardPayments: CardPayments
    let empresa: SiteSnapshot.Empresa
    let site: SiteSnapshot.Site
    let router: Router

    struct CardPayments: Encodable {
        let available: Bool
        let reason: String?
        let message: String?
        /// For how long there has been no way to Conekta, where that is the reason.
        let unavailableSeconds: Int64?

        enum CodingKeys: String, CodingKey {
            case available, reason, message
            case unavailableSeconds = "unavailable_seconds"
        }
    }

    struct Router: Encodable {
        let id: String
        let name: String
    }

    enum CodingKeys: String, CodingKey {
        case currency, empresa, site, router
        case conektaPublicKey = "conekta_public_key"
        case conektaTokenizerURL = "conekta_tokenizer_url"
        case cardPayments = "card_payments"
    }

    init(
        site: SiteSnapshot,
        router: SiteSnapshot.Router,
        tokenizerURL: String,
        cardUnavailability: CardUnavailability?,
        closedFor: Duration?
    ) {
        conektaPublicKey = site.conekta?.publicKey
        conektaTokenizerURL = tokenizerURL
        currency = site.catalogue(routerID: router.id).first?.price.currency ?? "MXN"
        cardPayments = CardPayments(
            available: cardUnavailability == nil,
            reason: cardUnavailability?.rawValue,
            message: cardUnavailability?.message,
            unavailableSeconds: cardUnavailability == .providerUnreachable ? closedFor?.components.seconds : nil
        )
        empresa = site.empresa
        self.site = site.site
        self.router = Router(id: router.id, name: router.name)
    }
}
