import Purchasing
import RouterOS
import Shared

/// Says how the box stands, for the people at the centre.
struct BoxReporter: Sendable {
    let store: PurchaseStore
    let fleet: RouterFleet
    let contact: CentreContact
    let startedAt: Timestamp

    /// - Throws: The database's errors.
    func report() async throws -> BoxReport {
        let counts = try await store.openCounts()
        let routers = await fleet.statuses().sorted { $0.key < $1.key }
        return BoxReport(
            softwareVersion: BoxVersion.text,
            startedAt: startedAt,
            unsyncedEvents: contact.unsynced,
            purchasesInDoubt: Int64((counts[.inDoubt] ?? 0) + (counts[.charging] ?? 0)),
            purchasesForAttention: Int64(counts[.needsAttention] ?? 0),
            routers: routers.map { BoxReport.Router(id: $0.key, isConnected: $0.value.isConnected) }
        )
    }
}
