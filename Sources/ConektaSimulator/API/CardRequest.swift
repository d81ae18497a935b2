import FoundationEssentials
import Shared

/// The body of `POST /tokens`, read and checked (reference `conekta.md` §6.1).
struct CardRequest {
    let details: CardDetails
    let outcome: CardOutcome

    init(reading body: JSONValue, at now: Timestamp) throws(ConektaRejection) {
        let reader = try ParameterReader(body)
        guard let card = try? reader.object("card") else { throw .missing("card") }
        guard let number = CardNumber(Self.text(card, "number")) else {
            throw Self.invalid("number", "El número de la tarjeta no es válido.")
        }
        let holder = Self.text(card, "name")
        guard holder.contains(where: { $0 != " " }), holder.utf8.count <= 249 else {
            throw Self.invalid("name", "El nombre no es válido.")
        }
        let (month, year) = (Self.text(card, "exp_month"), String(Self.text(card, "exp_year").suffix(2)))
        guard Self.isFuture(month: month, year: year, now: now) else {
            throw Self.invalid("exp_month", "La fecha de vencimiento no es válida.")
        }
        let code = Self.text(card, "cvc")
        guard code.utf8.count == number.securityCodeLength, code.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw Self.invalid("cvc", "El código de seguridad no es válido.")
        }
        details = CardDetails(
            brand: number.brand,
            lastFourDigits: number.lastFourDigits,
            holder: holder,
            expiryMonth: month.count == 1 ? "0" + month : month,
            expiryYear: year
        )
        outcome = TestCards.outcome(of: number)
    }

    /// Clients send the numbers of a card as text or as numbers.
    private static func text(_ card: ParameterReader, _ name: String) -> String {
        let value = card.members[name]
        return value?.text ?? value?.integer.map(String.init) ?? ""
    }

    /// A card is good through the last day of the month it names.
    private static func isFuture(month: String, year: String, now: Timestamp) -> Bool {
        guard let month = Int(month), (1...12).contains(month), let year = Int(year), year >= 0 else { return false }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let present = calendar.dateComponents(
            [.year, .month],
            from: Date(timeIntervalSince1970: Double(now.unixSeconds))
        )
        guard let presentYear = present.year, let presentMonth = present.month else { return false }
        return (2000 + year) * 12 + month >= presentYear * 12 + presentMonth
    }

    /// `param` has the odd nesting of the recording.
    private static func invalid(_ field: String, _ spanish: String) -> ConektaRejection {
        ConektaRejection(
            .validation,
            "parameter_validation.card.\(field)",
            es: spanish,
            en: "The card's \(field) is not valid.",
            parameter: "card[card[\(field)]]"
        )
    }
}
