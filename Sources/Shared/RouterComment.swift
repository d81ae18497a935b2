/// What the box writes beside a user it makes on a router, to know it again: "already have user" with this comment is
/// success, and a user with another comment is somebody else's.
///
/// The purchase's name (`pur_…`) for a ficha bought by card, else one of its own (`fic_` and 26 characters). Mikhmon's
/// scripts take comments that are empty or begin with `vc` or `up` for theirs (reference `routeros.md` §6); these never do.
public struct RouterComment: Hashable, Sendable {
    private static let prefix = "fic_"

    public let text: String

    /// Nil unless the text has the shape of a comment of ours.
    public init?(_ text: String) {
        let purchase = text.hasPrefix(Self.prefix) ? "pur_" + text.dropFirst(Self.prefix.count) : text
        guard PurchaseID(purchase) != nil else { return nil }
        self.text = text
    }

    public init(_ purchase: PurchaseID) {
        text = purchase.text
    }

    /// One for a ficha that no purchase pays for.
    public init(using generator: inout some RandomNumberGenerator) {
        text = Self.prefix + PurchaseID(using: &generator).text.dropFirst("pur_".count)
    }
}

extension RouterComment: CustomStringConvertible {
    public var description: String { text }
}
