import Shared

/// What stands on every page: whose WiFi this is, and whom to ask.
struct PortalIdentity: Sendable {
    struct Support: Sendable {
        let text: String
        /// For a `tel:` link, where the text is a telephone number.
        let telephone: String?
    }

    let empresa: String
    let site: String
    let support: Support?
    /// The style sheet, inline in each page: one request for a page.
    let style: String

    init(_ snapshot: SiteSnapshot, style: String) {
        empresa = snapshot.empresa.name
        site = snapshot.site.name
        support = snapshot.empresa.supportContact.flatMap { contact in
            contact.isEmpty ? nil : Support(text: contact, telephone: Self.telephone(contact))
        }
        self.style = style
    }

    private static func telephone(_ contact: String) -> String? {
        guard contact.allSatisfy({ $0.isASCII && ($0.isNumber || " +-().".contains($0)) }) else { return nil }
        let number = contact.filter { $0.isNumber || $0 == "+" }
        return (8...16).contains(number.count) ? number : nil
    }
}
