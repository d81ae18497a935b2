import Shared

/// A till that was counted and closed.
struct Corte: Sendable, Equatable, CounterThing {
    static let prefix = "crt_"

    let id: CounterID<Corte>
    let tillNumber: Int64
    let cashierName: String
    let at: Timestamp
    /// What it says, as the centre is told.
    let figures: CorteEvent.Corte
}
