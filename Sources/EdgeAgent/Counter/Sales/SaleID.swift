import Shared

/// Names a sale for cash: `vta_` and 26 characters (128 bits). The page that asks for the money carries it, so that
/// whatever is posted from that page, how often ever, is one sale.
struct SaleID: Hashable, Sendable {
    private static let prefix = "vta_"

    let text: String

    /// Nil unless the text has the shape of one.
    init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), PurchaseID("pur_" + text.dropFirst(Self.prefix.count)) != nil else {
            return nil
        }
        self.text = text
    }

    init(using generator: inout some RandomNumberGenerator) {
        text = Self.prefix + PurchaseID(using: &generator).text.dropFirst("pur_".count)
    }
}

extension SaleID: CustomStringConvertible {
    var description: String { text }
}
