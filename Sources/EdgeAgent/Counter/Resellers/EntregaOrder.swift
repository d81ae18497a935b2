import Shared

/// What is to be handed over, and to whom.
struct EntregaOrder: Sendable, Equatable {
    let id: CounterID<Entrega>
    let reseller: SiteSnapshot.Reseller
    let batchID: CounterID<Batch>
    let count: Int64
    let cashier: SiteSnapshot.Cashier
}
