import Conekta
import Shared

/// Goes through an account's orders for those of one site.
struct OrderSearch: Sendable {
    let client: ConektaClient
    let siteID: String

    /// The orders of the site's purchases that `isWanted` picks, by purchase.
    ///
    /// - Parameter isWanted: Those of some purchases whose orders are wanted.
    /// - Throws: ``RestorationInterrupted``, `isWanted`'s errors.
    func orders(
        since time: Timestamp?,
        isWanted: ([PurchaseID]) async throws -> [PurchaseID]
    ) async throws -> [PurchaseID: [OrderID]] {
        var found: [PurchaseID: [OrderID]] = [:]
        var cursors: Set<OrderID> = []
        var cursor: OrderID?
        repeat {
            guard case .page(let page) = await client.orders(createdSince: time, after: cursor) else {
                throw RestorationInterrupted.conektaAway
            }
            // A request to buy that was sent twice may have made two orders, one of them empty.
            let ours = page.orders.compactMap { order in
                OrderMetadata.purchaseID(in: order.metadata, madeAt: siteID).map { (id: $0, order: order.id) }
            }
            let wanted = Set(try await isWanted(Array(Set(ours.map(\.id)))))
            for (id, order) in ours where wanted.contains(id) { found[id, default: []].append(order) }
            cursor = page.next
            if let next = page.next, !cursors.insert(next).inserted { throw RestorationInterrupted.conektaAway }
        } while cursor != nil
        return found
    }
}

/// Why a restoration could not be gone through to its end this time.
enum RestorationInterrupted: Error, Equatable {
    /// The empresa has given no keys.
    case noAccount
    /// Conekta does not answer, or nothing that can be read.
    case conektaAway
}
