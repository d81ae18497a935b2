/// The cards and tokens that decide their own outcome (reference `conekta.md` §7).
enum TestCards {
    /// What a payment with that number ends with. Numbers that are not listed are approved.
    static func outcome(of number: CardNumber) -> CardOutcome {
        outcomes[number.digits] ?? .approved
    }

    /// The card behind a reusable test token, and its outcome; nil when there is no such token.
    ///
    /// Besides Conekta's own names: `tok_test_decline_<name>` for any name of `CardDecline.named`,
    /// `tok_test_3ds_challenge` and `tok_test_3ds_forced`.
    static func token(_ name: String) -> (card: CardDetails, outcome: CardOutcome)? {
        guard name.hasPrefix("tok_test_") else { return nil }
        let rest = String(name.dropFirst("tok_test_".count))
        if let card = tokens[rest] { return card }
        guard rest.hasPrefix("decline_"), let decline = CardDecline.named(String(rest.dropFirst("decline_".count)))
        else { return nil }
        return (visa("0002"), .declined(decline))
    }

    private static let outcomes: [String: CardOutcome] = [
        "4000000000000002": .declined(.declined),
        "4000000000000127": .declined(.insufficientFunds),
        "4000000000001091": .challengeWhenRequested,
        "4000000000002503": .challengeWhenRequested,
        "4000000000002370": .challengeWhenRequested,
        // Ours, for what Conekta documents no number for.
        "4000000000003220": .challenge,
        "4100000000000019": .declined(.suspiciousBehaviour),
    ]

    private static let tokens: [String: (card: CardDetails, outcome: CardOutcome)] = [
        "visa_4242": (visa("4242"), .approved),
        "visa_1881": (visa("1881"), .approved),
        "mastercard_4444": (mastercard("4444"), .approved),
        "mastercard_5100": (mastercard("5100"), .approved),
        "amex_0005": (americanExpress("0005"), .approved),
        "amex_8431": (americanExpress("8431"), .approved),
        "card_declined": (visa("0002"), .declined(.declined)),
        "insufficient_funds": (visa("0127"), .declined(.insufficientFunds)),
        "3ds_challenge": (visa("1091"), .challengeWhenRequested),
        "3ds_forced": (visa("3220"), .challenge),
    ]

    private static func visa(_ lastFourDigits: String) -> CardDetails {
        CardDetails(brand: .visa, lastFourDigits: lastFourDigits, holder: "Persona de Prueba")
    }

    private static func mastercard(_ lastFourDigits: String) -> CardDetails {
        CardDetails(brand: .mastercard, lastFourDigits: lastFourDigits, holder: "Persona de Prueba")
    }

    private static func americanExpress(_ lastFourDigits: String) -> CardDetails {
        CardDetails(brand: .americanExpress, lastFourDigits: lastFourDigits, holder: "Persona de Prueba")
    }
}
