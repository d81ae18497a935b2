import Shared

extension ChargeDraft {
    /// Reads a charge request for a card token; other methods of payment are refused (reference `conekta.md` §2.1).
    init(reading body: JSONValue?, path: String) throws(ConektaRejection) {
        let reader = try ParameterReader(body, path: path)
        try reader.allow(only: ["amount", "reference_id", "payment_method"])
        let method = try reader.object("payment_method")
        try Self.requireCard(method)
        try method.allow(
            only: ["type", "token_id", "monthly_installments", "customer_ip_address", "contract_id", "expires_at"]
        )
        let installments = try method.optionalInteger("monthly_installments", 1...18)
        guard installments == nil || [3, 6, 9, 12, 18].contains(installments) else {
            throw .invalid(method.fullName("monthly_installments"))
        }
        self.init(
            amountCents: try reader.optionalInteger("amount", 0...Int64(Int32.max)),
            referenceID: try reader.optionalText("reference_id"),
            tokenID: try method.requiredText("token_id"),
            monthlyInstallments: installments
        )
    }

    private static func requireCard(_ method: ParameterReader) throws(ConektaRejection) {
        switch try method.requiredText("type") {
        case "card": break
        case "cash", "oxxo_cash":
            throw ConektaRejection(
                .validation,
                "parameter_validation.charge.cash_payment.oxxo_payment.disabled",
                es: "El pago en efectivo no está habilitado.",
                en: "Cash payments are not enabled."
            )
        case "spei":
            throw ConektaRejection(
                .validation,
                "parameter_validation.charge.bank_payment.spei_payment.disabled",
                es: "El pago por SPEI no está habilitado.",
                en: "SPEI payments are not enabled."
            )
        default: throw .invalid(method.fullName("type"))
        }
    }
}
