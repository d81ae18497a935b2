import Shared
import Synchronization

@testable import EdgeAgent

/// What the people of a day know, kept outside of the box.
final class DayLedger: Sendable {
    /// A sale whose money is in the drawer.
    struct CashSale: Sendable, Hashable {
        let id: SaleID
        let tillID: String
        let folio: Int64
        let cents: Int64
        let isVoided: Bool
        /// Conekta or the centre could not be reached when it was made.
        let isInCut: Bool
    }

    private struct State {
        var buyers: [Buyer] = []
        /// Purchases that began while the box said that cards can be charged.
        var begun: Set<PurchaseID> = []
        var turnedAway = 0
        var cashSales: [CashSale] = []
        var findings: [String] = []
    }

    private let state = Mutex(State())

    var buyers: [Buyer] { state.withLock { $0.buyers } }
    var begun: Set<PurchaseID> { state.withLock { $0.begun } }
    /// How many were not asked for a card because there was no way to charge it.
    var turnedAway: Int { state.withLock { $0.turnedAway } }
    var cashSales: [CashSale] { state.withLock { $0.cashSales } }
    /// What went wrong in front of people.
    var findings: [String] { state.withLock { $0.findings } }

    func add(_ buyer: Buyer) { state.withLock { $0.buyers.append(buyer) } }
    func noteBegun(_ id: PurchaseID) { state.withLock { _ = $0.begun.insert(id) } }
    func noteTurnedAway() { state.withLock { $0.turnedAway += 1 } }
    func add(_ sale: CashSale) { state.withLock { $0.cashSales.append(sale) } }
    func find(_ finding: String) { state.withLock { $0.findings.append(finding) } }
}
