import Purchasing
import Shared

/// A product as pages show it.
struct ProductView: Sendable {
    let name: String
    let price: String
    /// In centavos, for the form to say what it showed.
    let priceCents: Int64
    /// The time and how it runs; without the time where the name says it.
    let details: String
    let clockSentence: String
    let isFeatured: Bool
    /// Where it is bought; nil where no cards are taken.
    let url: String?

    init(_ product: SiteSnapshot.Product, url: String? = nil) {
        self.init(PurchasedProduct(product), isFeatured: product.isFeatured, url: url)
    }

    init(_ product: PurchasedProduct, isFeatured: Bool = false, url: String? = nil) {
        name = product.name
        price = product.price.displayText
        priceCents = product.price.cents
        let duration = DurationText.text(seconds: product.durationSeconds)
        let (clock, sentence) = Self.words(for: product.clock)
        details = product.name.lowercased().contains(duration) ? clock : "\(duration) · \(clock)"
        clockSentence = sentence
        self.isFeatured = isFeatured
        self.url = url
    }

    private static func words(for clock: FichaClock) -> (String, String) {
        switch clock {
        case .corrido: ("tiempo corrido", "El tiempo corre sin pausa desde que te conectas por primera vez.")
        case .pausado: ("tiempo pausado", "El tiempo solo cuenta mientras estás conectado.")
        }
    }
}
