import GRDB
import Purchasing
import Shared
import TestSupport

@testable import EdgeAgent

// What a box does with a reseller, as its counter does.
extension BoxUnderTest {
    private static let reseller = SiteSnapshot.Reseller(
        id: "rev_1",
        name: "Abarrotes Lupita",
        contact: nil,
        commissionBasisPoints: 2_000,
        routerIDs: nil
    )

    private static func id<Thing: CounterThing>(_ seed: UInt64) -> CounterID<Thing> {
        var generator = SplitMix64(seed: seed)
        return CounterID(using: &generator)
    }

    /// Prints fichas and hands all of them over.
    func handOver(_ count: Int64, seed: UInt64) async throws -> Entrega {
        let moment = Self.moment(TestWallClock.start)
        let batches = BatchStore(database: database)
        let batch: CounterID<Batch> = Self.id(seed)
        let product = PurchasedProduct(
            id: 1,
            name: "1 hora",
            price: Money(cents: 1_500, currency: "MXN"),
            durationSeconds: 3_600,
            clock: .corrido,
            mikrotikProfile: "1h"
        )
        try await batches.order(
            Batch(
                id: batch,
                routerID: "rtr_1",
                product: product,
                count: count,
                minted: 0,
                sellBy: nil,
                cashierID: Self.cashier.id,
                cashierName: Self.cashier.name,
                createdAt: moment.wall
            )
        )
        while try await batches.mintNext(at: moment) {}
        let order = EntregaOrder(
            id: Self.id(seed),
            reseller: Self.reseller,
            batchID: batch,
            count: count,
            cashier: Self.cashier
        )
        return try await EntregaStore(database: database).handOver(order, at: moment).entrega
    }

    /// The first fichas of an entrega come online.
    func use(_ count: Int, of entrega: Entrega, at time: Timestamp = TestWallClock.start) async throws {
        let moment = Self.moment(time)
        let fichas = try await EntregaStore(database: database).fichas(of: entrega.id)
        for ficha in fichas.prefix(count) {
            try await FichaStore(database: database).change(ficha.code, at: moment) { ficha in
                try ficha.use(on: nil, sessionTime: .zero, at: moment)
            }
        }
    }

    func takeBack(numbers: ClosedRange<Int64>, of entrega: Entrega, seed: UInt64) async throws {
        _ = try await DevolucionStore(database: database).takeBack(
            Self.id(seed),
            of: entrega.id,
            FichasBroughtBack(numbers: numbers),
            by: Self.cashier,
            at: Self.moment(TestWallClock.start)
        )
    }

    func settle(inHand: Int64, abonoCents: Int64, seed: UInt64) async throws {
        let accounts = try await ResellerAccountStore(database: database).accounts(of: Self.reseller.id)
        guard let account = accounts.first else { return }
        let count = ResellerCount(
            resellerID: Self.reseller.id,
            resellerName: Self.reseller.name,
            currency: account.currency,
            number: account.corteNumber,
            movements: account.movements,
            inHand: [inHand],
            abonoCents: abonoCents
        )
        _ = try await ResellerCorteStore(database: database).settle(
            Self.id(seed),
            count,
            by: Self.cashier,
            at: TestWallClock.start
        )
    }
}
