/// Why a purchase ended without the card being charged.
public enum PurchaseRefusal: Sendable, Equatable {
    /// The bank or Conekta's antifraud said no. `code` is one of our stable decline codes (`Conekta.DeclineReason`).
    case cardDeclined(code: String)
    /// Conekta did not accept the order or the charge itself: wrong keys, a limit of the account.
    case providerRefused
    /// Conekta could not be reached; nothing was sent.
    case providerUnreachable
    /// The charge was in doubt and no charge ever showed up. We keep looking for a late one.
    case noChargeFound
    /// The box stopped before the charge could leave, and card tokens are never stored.
    case interrupted

    /// Stored and shown form: `card_declined:insufficient_funds`, `provider_unreachable`, …
    public var text: String {
        switch self {
        case .cardDeclined(let code): "card_declined:" + code
        case .providerRefused: "provider_refused"
        case .providerUnreachable: "provider_unreachable"
        case .noChargeFound: "no_charge_found"
        case .interrupted: "interrupted"
        }
    }

    public init?(text: String) {
        switch text {
        case "provider_refused": self = .providerRefused
        case "provider_unreachable": self = .providerUnreachable
        case "no_charge_found": self = .noChargeFound
        case "interrupted": self = .interrupted
        default:
            guard text.hasPrefix("card_declined:") else { return nil }
            self = .cardDeclined(code: String(text.dropFirst("card_declined:".count)))
        }
    }
}
