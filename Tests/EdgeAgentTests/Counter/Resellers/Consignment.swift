import GRDB
import Purchasing
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// A box's printed fichas and resellers, without its pages.
struct Consignment: Sendable {
    static let lupita = SiteSnapshot.Reseller(
        id: "rev_lupita",
        name: "Abarrotes Lupita",
        contact: nil,
        commissionBasisPoints: 2_000,
        routerIDs: nil
    )

    static let ana = SiteSnapshot.Cashier(
        id: "usr_ana",
        name: "Ana",
        pinHash: PasswordHash(
            parameters: ScryptParameters(log2Rounds: 4, blockSize: 1, parallelism: 1),
            salt: [],
            digest: []
        ),
        routerIDs: ["r1"]
    )

    let database: DurableDatabase
    var moment = FichaMoment.noon()

    /// Prints a batch at `r1`.
    func print(_ count: Int64, seed: UInt64, product: PurchasedProduct = .ficha()) async throws -> CounterID<Batch> {
        let store = BatchStore(database: database)
        let id: CounterID<Batch> = Self.id(seed)
        try await store.order(
            Batch(
                id: id,
                routerID: "r1",
                product: product,
                count: count,
                minted: 0,
                sellBy: nil,
                cashierID: Self.ana.id,
                cashierName: Self.ana.name,
                createdAt: moment.wall
            )
        )
        while try await store.mintNext(at: moment) {}
        return id
    }

    @discardableResult
    func handOver(
        _ count: Int64,
        of batch: CounterID<Batch>,
        seed: UInt64,
        to reseller: SiteSnapshot.Reseller = lupita
    ) async throws -> Entrega {
        let order = EntregaOrder(
            id: Self.id(seed),
            reseller: reseller,
            batchID: batch,
            count: count,
            cashier: Self.ana
        )
        return try await EntregaStore(database: database).handOver(order, at: moment).entrega
    }

    @discardableResult
    func takeBack(_ fichas: FichasBroughtBack, of entrega: Entrega, seed: UInt64) async throws -> Devolucion {
        let store = DevolucionStore(database: database)
        return try await store.takeBack(Self.id(seed), of: entrega.id, fichas, by: Self.ana, at: moment).devolucion
    }

    @discardableResult
    func settle(
        inHand: [Int64],
        abonoCents: Int64,
        seed: UInt64,
        account known: ResellerAccount? = nil
    ) async throws -> ResellerCorte {
        let account = if let known { known } else { try await account() }
        let count = ResellerCount(
            resellerID: Self.lupita.id,
            resellerName: Self.lupita.name,
            currency: "MXN",
            number: account.corteNumber,
            movements: account.movements,
            inHand: inHand,
            abonoCents: abonoCents
        )
        let store = ResellerCorteStore(database: database)
        return try await store.settle(Self.id(seed), count, by: Self.ana, at: moment.wall).corte
    }

    func account() async throws -> ResellerAccount {
        let store = ResellerAccountStore(database: database)
        return try #require(try await store.accounts(of: Self.lupita.id).first)
    }

    func codes(of entrega: Entrega) async throws -> [FichaCode] {
        try await EntregaStore(database: database).fichas(of: entrega.id).map(\.code)
    }

    /// Somebody comes online with it for the first time.
    func use(_ code: FichaCode) async throws {
        let moment = moment
        try await FichaStore(database: database).change(code, at: moment) { ficha in
            try ficha.use(on: .phone(1), sessionTime: .zero, at: moment)
        }
    }

    static func id<Thing: CounterThing>(_ seed: UInt64) -> CounterID<Thing> {
        var generator = SplitMix64(seed: seed)
        return CounterID(using: &generator)
    }
}
