import Purchasing
import Shared

/// Names a sale for cash.
typealias SaleID = CounterID<CounterSale>

/// A sale for cash, as it is on the disk.
struct CounterSale: Sendable, Equatable, CounterThing {
    static let prefix = "vta_"

    /// That the money was given back.
    struct Voiding: Sendable, Equatable {
        let at: Timestamp
        let reason: String
    }

    /// How long after the sale the cashier may take it back by themselves.
    static let voidWindow = Duration.seconds(600)

    let id: SaleID
    let tillID: String
    /// Of the box's tills, counted from 1.
    let tillNumber: Int64
    /// Of the till, without gaps.
    let folio: Int64
    let cashierID: String
    let cashierName: String
    let soldAt: Timestamp
    /// How often its slip was printed again.
    let reprints: Int64
    let voiding: Voiding?
    /// A corte has counted it: what is taken back now would be missing there.
    let isInCorte: Bool
    /// As it stands now.
    let ficha: Ficha

    /// What people say: `2-000137`.
    var folioText: String {
        let digits = String(folio)
        return "\(tillNumber)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Why the cashier cannot take it back any more; nil when they can.
    func refusalToVoid(at now: Timestamp) -> CounterError? {
        if voiding != nil { return .alreadyVoided }
        guard !isInCorte else { return .isInCorte }
        guard ficha.state == .sold else { return .alreadyUsed }
        // The clock may have been put right since, in either direction.
        let passed = now < soldAt ? soldAt - now : now - soldAt
        return passed <= Self.voidWindow ? nil : .tooLateToVoid
    }
}
