/// What a cashier counted at a reseller's, as the page had the account then.
struct ResellerCount: Sendable, Equatable {
    let resellerID: String
    let resellerName: String
    let currency: String
    /// Of the corte.
    let number: Int64
    /// ``ResellerAccount/movements``.
    let movements: Int64
    /// What the reseller still has, for each line of the account.
    let inHand: [Int64]
    let abonoCents: Int64
}
