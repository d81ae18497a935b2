/// A charge that was asked for, read but not yet judged.
struct ChargeDraft: Hashable, Sendable {
    var amountCents: Int64?
    var referenceID: String?
    var tokenID: String
    var monthlyInstallments: Int64?
}
