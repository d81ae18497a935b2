import Shared

/// A reseller's account that was counted and settled.
struct ResellerCorte: Sendable, Equatable, CounterThing {
    static let prefix = "crv_"

    let id: CounterID<ResellerCorte>
    let cashierName: String
    let at: Timestamp
    /// What it says, as the centre is told.
    let figures: ResellerCorteEvent.Corte
}
