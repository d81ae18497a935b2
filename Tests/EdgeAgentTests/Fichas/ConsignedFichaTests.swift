import GRDB
import RouterOS
import RouterOSSimulator
import Shared
import Store
import Testing

@testable import EdgeAgent

/// Fichas in the hands of a reseller, at the router and the disk: they work when they are handed over, are sold when they
/// are used, and are gone when they came back.
@Suite(.timeLimit(.minutes(2))) struct ConsignedFichaTests {
    private static func users(_ world: FichaWorld) -> Set<String> {
        Set((world.router.tables["/ip/hotspot/user"] ?? []).compactMap { $0["name"] }).subtracting(["default-trial"])
    }

    private static func consignment(_ world: FichaWorld) throws -> Consignment {
        Consignment(database: try world.store.database, moment: try world.moment)
    }

    private static func ventas(_ world: FichaWorld) async throws -> [String] {
        try await world.store.database.read { db in
            let sql = "SELECT body FROM outbox WHERE kind = 'venta' ORDER BY seq"
            return try String.fetchAll(db, sql: sql)
        }
    }

    @Test func `unsold stock is on no router, what was handed over is, and what came back is not`() async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let consignment = try Self.consignment(world)
        let batch = try await consignment.print(8, seed: 1)
        try await world.pass(.seconds(60))
        #expect(Self.users(world).isEmpty)
        let entrega = try await consignment.handOver(5, of: batch, seed: 2)
        let codes = try await consignment.codes(of: entrega)
        try await world.pass(.seconds(60))
        #expect(Self.users(world) == Set(codes.map(\.digits)))
        try await consignment.takeBack(FichasBroughtBack(numbers: 4...5), of: entrega, seed: 3)
        world.router.join(.number(1))
        #expect(try await world.type(codes[4], on: .number(1)) == .unknownFicha)
        try await world.pass(.seconds(60))
        #expect(Self.users(world) == Set(codes.prefix(3).map(\.digits)))
        #expect(try await Self.ventas(world).isEmpty)
        try world.stopBox()
    }

    @Test func `the first use is one venta, however often it is seen`() async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let consignment = try Self.consignment(world)
        let entrega = try await consignment.handOver(2, of: try await consignment.print(3, seed: 1), seed: 2)
        let code = try #require(try await consignment.codes(of: entrega).first)
        try await world.pass(.seconds(30))
        world.router.join(.number(1))
        #expect(try await world.type(code, on: .number(1)) == .connected)
        #expect(try await Self.ventas(world).count == 1)
        // Seen online again, by a program that knows nothing of it, and by a router that has forgotten it.
        try await world.pass(.seconds(90))
        try world.stopBox()
        try await world.startBox()
        try await world.pass(.seconds(90))
        world.router.console(["/ip/hotspot/user/remove", Word("=numbers=\(code.digits)")])
        world.line.reconnect()
        try await world.pass(.seconds(90))
        world.router.join(.number(2, at: 21))
        _ = try await world.type(code, on: .number(2, at: 21))
        #expect(try await Self.ventas(world).count == 1)
        let (id, method) = ("\(entrega.id)_\(code.digits)", "reseller")
        let isThere = try await world.store.database.read { db in
            let sql =
                "SELECT count(*) FROM venta WHERE id = ? AND method = ? AND amount_cents = 1500 AND entrega_id = ?"
            return try Int.fetchOne(db, sql: sql, arguments: [id, method, entrega.id.text])
        }
        #expect(isThere == 1)
        let text = try #require(try await Self.ventas(world).first)
        #expect(text.contains(#""commission_cents":300"#) && text.contains(#""reseller_id":"rev_lupita""#))
        try world.stopBox()
    }

    @Test func `whoever buys at the counter does not wait for what was handed over before`() async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let consignment = try Self.consignment(world)
        try await consignment.handOver(1_000, of: try await consignment.print(1_000, seed: 1), seed: 2)
        try await world.pass(.seconds(10))
        let code = try await world.sell(.forTests(seed: 77))
        #expect(Self.users(world).contains(code.digits))
        #expect(Self.users(world).count < 1_000)
        try world.stopBox()
    }

    /// A database that was put back to before an entrega knows its fichas as stock; their buyers paid.
    @Test func `stock that a router has as a user was sold, and works`() async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let batch = try await Self.consignment(world).print(2, seed: 1)
        let codes = try await BatchStore(database: try world.store.database).codes(of: batch, from: 0, limit: 2)
        let code = codes[0].digits
        world.router.console(["/ip/hotspot/user/add", Word("=name=\(code)"), Word("=password=\(code)")])
        world.router.join(.number(1))
        #expect(try await world.type(codes[0], on: .number(1)) == .connected)
        #expect(try await world.type(codes[1], on: .number(1)) == .fichaNotSold)
        try world.stopBox()
    }

    @Test func `a use that only the router saw is a venta too`() async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let consignment = try Self.consignment(world)
        let entrega = try await consignment.handOver(1, of: try await consignment.print(1, seed: 1), seed: 2)
        let code = try #require(try await consignment.codes(of: entrega).first)
        try await world.pass(.seconds(30))
        try world.stopBox()
        world.router.join(.number(1))
        world.router.console([
            "/ip/hotspot/active/login", Word("=user=\(code.digits)"), Word("=password=\(code.digits)"),
            "=ip=10.5.50.20",
        ])
        try await world.pass(.seconds(30))
        try await world.startBox()
        try await world.pass(.seconds(60))
        #expect(try await world.store.ficha(code)?.state == .active)
        #expect(try await Self.ventas(world).count == 1)
        try world.stopBox()
    }

    @Test func `what was sold for cash or by card is nobody's commission`() async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let code = try await world.sell(.forTests())
        world.router.join(.number(1))
        #expect(try await world.type(code, on: .number(1)) == .connected)
        #expect(try await Self.ventas(world).isEmpty)
        try world.stopBox()
    }
}
