/// The number of a payment card: digits with a right check digit (Luhn).
struct CardNumber: Hashable, Sendable {
    let digits: String

    /// Nil unless the text, spaces aside, is 13 to 19 digits with a right check digit.
    init?(_ text: String) {
        guard text.utf8.count <= 40 else { return nil }
        let digits = text.filter { $0 != " " }
        guard (13...19).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        var sum = 0
        for (place, character) in digits.reversed().enumerated() {
            let digit = character.wholeNumberValue ?? 0
            sum += place.isMultiple(of: 2) ? digit : (digit * 2 > 9 ? digit * 2 - 9 : digit * 2)
        }
        guard sum.isMultiple(of: 10) else { return nil }
        self.digits = digits
    }

    /// The best known number of a card that pays.
    static let approved = CardNumber(checkedDigits: "4242424242424242")

    private init(checkedDigits: String) {
        digits = checkedDigits
    }

    var lastFourDigits: String { String(digits.suffix(4)) }

    var brand: CardDetails.Brand {
        switch digits.first {
        case "3": .americanExpress
        case "5", "2": .mastercard
        default: .visa
        }
    }

    var securityCodeLength: Int { brand == .americanExpress ? 4 : 3 }
}
