/// What becomes of a payment with a card.
public enum CardOutcome: Hashable, Sendable {
    case approved
    case declined(CardDecline)
    /// The issuer asks the payer to confirm, but only of an order that asked for 3DS with `three_ds_mode`; without it,
    /// the payment is approved (reference `conekta.md` §2.1).
    case challengeWhenRequested
    /// The antifraud forces a 3DS challenge, whatever the order asked for (reference `conekta.md` §0.6).
    case challenge

    /// The outcome of that name: `approved`, `challenge`, `challenge_when_requested`, or a name of `CardDecline.named`.
    public init?(named name: String) {
        switch name {
        case "approved": self = .approved
        case "challenge": self = .challenge
        case "challenge_when_requested": self = .challengeWhenRequested
        default:
            guard let decline = CardDecline.named(name) else { return nil }
            self = .declined(decline)
        }
    }
}
