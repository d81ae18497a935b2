import Shared
import Store

/// What cashiers do with resellers: whom they deal with, and where what was agreed is kept.
struct ResellerDesk: Sendable {
    let inForce: SiteInForce
    let entregas: EntregaStore
    let devoluciones: DevolucionStore
    let accounts: ResellerAccountStore
    let cortes: ResellerCorteStore

    init(inForce: SiteInForce, database: DurableDatabase) {
        self.inForce = inForce
        entregas = EntregaStore(database: database)
        devoluciones = DevolucionStore(database: database)
        accounts = ResellerAccountStore(database: database)
        cortes = ResellerCorteStore(database: database)
    }

    /// Those who take fichas where the cashier sells, and those who once did, by name.
    func resellers(for cashier: SiteSnapshot.Cashier) async throws -> [KnownReseller] {
        let current = (inForce.site.snapshot.resellers ?? []).filter { reseller in
            cashier.routerIDs.contains { reseller.takesFichas(at: $0) }
        }
        let ids = Set(current.map(\.id))
        let former = try await entregas.resellers(at: cashier.routerIDs).filter { !ids.contains($0.key) }
        let all =
            current.map { KnownReseller(id: $0.id, name: $0.name, inForce: $0) }
            + former.map { KnownReseller(id: $0.key, name: $0.value, inForce: nil) }
        return all.sorted { ($0.inForce == nil ? 1 : 0, $0.name, $0.id) < ($1.inForce == nil ? 1 : 0, $1.name, $1.id) }
    }

    /// - Throws: ``ResellerError/noSuchReseller``.
    func reseller(_ id: String, for cashier: SiteSnapshot.Cashier) async throws -> KnownReseller {
        guard let reseller = try await resellers(for: cashier).first(where: { $0.id == id }) else {
            throw ResellerError.noSuchReseller
        }
        return reseller
    }

    /// What can be handed over to a reseller by a cashier.
    func stock(
        for reseller: SiteSnapshot.Reseller,
        by cashier: SiteSnapshot.Cashier,
        limit: Int
    ) async throws -> [(batch: Batch, left: Int64)] {
        try await entregas.stock(at: cashier.routerIDs.filter(reseller.takesFichas), limit: limit)
    }
}
