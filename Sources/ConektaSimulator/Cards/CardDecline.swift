/// One way in which a card payment ends without money (reference `conekta.md` §2.8).
public struct CardDecline: Hashable, Sendable {
    /// What comes after `conekta.errors.`, for example `processing.bank.insufficient_funds`.
    public let code: String
    /// `failure_code` of the charge, for a decline that leaves one behind.
    public let failureCode: String
    let message: ConektaRejection.Message

    /// True when the payment went as far as the bank, is answered with 402 and leaves a declined charge. The others are
    /// refused with 422 before that and leave nothing; the token stays good.
    public var leavesCharge: Bool { code.hasPrefix("processing.") && code != ConektaRejection.tokenUsed.code }

    init(_ code: String, failure failureCode: String = "card_declined", _ spanish: String, _ english: String) {
        self.code = code
        self.failureCode = failureCode
        self.message = ConektaRejection.Message(spanish: spanish, english: english)
    }

    /// The same words as a refusal that has other causes too.
    init(_ rejection: ConektaRejection) {
        self.init(rejection.code, rejection.message.spanish, rejection.message.english)
    }

    /// The decline of a name: its code, or as much of the code's end as a caller cares to write, with dots or underscores.
    ///
    /// `insufficient_funds`, `bank.insufficient_funds` and `processing_bank_insufficient_funds` are the same one. Where
    /// several codes end alike, the first of `all` is meant.
    public static func named(_ name: String) -> CardDecline? {
        let wanted = underscored(name)
        return all.first { underscored($0.code) == wanted }
            ?? all.first { underscored($0.code).hasSuffix("_" + wanted) }
    }

    private static func underscored(_ name: String) -> String {
        var text = name
        if text.hasPrefix("conekta.errors.") { text.removeFirst("conekta.errors.".count) }
        return String(text.map { $0 == "." ? "_" : $0 })
    }

    /// The refusal the caller of the API sees.
    func rejection(changedOrderID: String?) -> ConektaRejection {
        ConektaRejection(
            code.hasPrefix("processing.") ? .processing : .validation,
            code,
            es: message.spanish,
            en: message.english,
            changedOrderID: leavesCharge ? changedOrderID : nil
        )
    }
}
