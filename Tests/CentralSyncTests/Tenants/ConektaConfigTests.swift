import ConektaSimulator
import Foundation
import HTTPTypes
import Logging
import Shared
import Testing

@testable import CentralSync

/// The owner's keys, tried at the simulator.
@Suite(.timeLimit(.minutes(5))) struct ConektaConfigTests {
    private static let path = "/mi-empresa/conekta-config"
    private static let publicKey = "key_publica_de_prueba_01"
    private static let privateKey = "key_privada_de_prueba_01"

    private static func body(_ publicKey: String = publicKey, _ privateKey: String = privateKey) -> String {
        #"{"public_key":"\#(publicKey)","private_key":"\#(privateKey)","sends_shipping_contact":true}"#
    }

    /// With Conekta's place taken by the simulator.
    private static func run(
        _ kind: DatabaseKind,
        settings more: [String: String] = [:],
        _ body: @escaping @Sendable (CentralFixture, ConektaCore) async throws -> Void
    ) async throws {
        let (core, logger) = (ConektaCore(), Logger(label: "conekta") { _ in SwiftLogNoOpLogHandler() })
        let (ports, announced) = AsyncStream<Int>.makeStream()
        let server = ConektaSimulatorServer(core: core, logger: logger) { announced.yield($0.api) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try #require(await ports.first { _ in true })
            let settings = more.merging(["FICHAS_CONEKTA_URL": "http://127.0.0.1:\(port)"]) { $1 }
            try await CentralFixture.run(kind, settings: settings) { try await body($0, core) }
            group.cancelAll()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a pair that Conekta knows is kept, sealed, and goes to the boxes`(
        kind: DatabaseKind
    ) async throws {
        try await Self.run(kind) { centre, core in
            let owner = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            #expect(try box.snapshot(in: try await box.poll(applied: 0))?.conekta == nil)
            let tag = try await centre.request(.get, "/mi-empresa", token: owner).headers[.eTag]
            let answer = try await centre.request(.put, Self.path, token: owner, ifMatch: tag, body: Self.body())
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["conekta", "source"] == "own")
            #expect(answer["conekta", "public_key"] == Self.publicKey)
            let keys = try #require(try box.snapshot(in: try await box.poll(applied: 1))?.conekta)
            #expect(keys.privateKey.reveal() == Self.privateKey)
            #expect(keys.sendsShippingContact == true)
            let read = try await centre.request(.get, "/mi-empresa", token: owner).text
            let root = try await centre.token(of: .superAdmin)
            let log = try await centre.request(.get, "/admin/audit", token: root).text
            #expect(!answer.text.contains(Self.privateKey) && !read.contains(Self.privateKey))
            #expect(log.contains("empresa.conekta") && !log.contains(Self.privateKey))
            let sealed = try await centre.centre.database.read { session in
                try session.first("SELECT conekta_private_sealed FROM empresa WHERE empresa_id = 'emp_1'")?
                    .bytes("conekta_private_sealed")
            }
            #expect(sealed.map { String(decoding: $0, as: UTF8.self).contains("privada") } == false)
            let late = try await centre.request(.put, Self.path, token: owner, ifMatch: tag, body: Self.body())
            #expect(late.status == 412)
            let gone = try await centre.request(.delete, Self.path, token: owner, ifMatch: "*")
            #expect(gone["conekta", "source"] == "none")
            #expect(try box.snapshot(in: try await box.poll(applied: 2))?.conekta == nil)
        }
    }

    @Test func `what Conekta does not know, or no key can be, changes nothing`() async throws {
        try await Self.run(.sqlite) { centre, _ in
            let owner = try await centre.token(of: .clienteAdmin)
            let bodies = [
                (Self.body(Self.publicKey, "key_otra_privada_0001"), "conekta_key_unknown"),
                (Self.body("key_otra_publica_0001", Self.privateKey), "conekta_key_unknown"),
                (Self.body(Self.privateKey, Self.publicKey), "conekta_key_unknown"),
                (Self.body(Self.publicKey, Self.publicKey), "invalid_field"),
                (Self.body("pk_live_123456789", Self.privateKey), "invalid_field"),
                (Self.body(Self.publicKey, "key_á"), "invalid_field"), ("{}", "invalid_field"),
            ]
            for (body, code) in bodies {
                let answer = try await centre.request(.put, Self.path, token: owner, ifMatch: "*", body: body)
                #expect(answer.status == 422 && answer.code == code, "\(answer.text)")
            }
            #expect(try await centre.request(.put, Self.path, token: owner, body: Self.body()).status == 428)
            let read = try await centre.request(.get, "/mi-empresa", token: owner)
            #expect(read["conekta", "source"] == "none")
            #expect(read.headers[.eTag] == "\"v1\"")
        }
    }

    @Test func `while Conekta does not answer nothing is kept`() async throws {
        // Nobody listens there.
        try await CentralFixture.run(.sqlite, settings: ["FICHAS_CONEKTA_URL": "http://127.0.0.1:1"]) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let answer = try await centre.request(.put, Self.path, token: owner, ifMatch: "*", body: Self.body())
            #expect(answer.status == 502 && answer.code == "conekta_unanswered")
            let read = try await centre.request(.get, "/mi-empresa", token: owner)
            #expect(read["conekta", "source"] == "none")
        }
    }

    @Test func `an empresa without keys sells with the centre's`() async throws {
        let settings = [
            "CONEKTA_DEFAULT_PUBLIC_KEY": "key_centro_publica", "CONEKTA_DEFAULT_PRIVATE_KEY": "key_centro_privada",
        ]
        try await Self.run(.sqlite, settings: settings) { centre, _ in
            let owner = try await centre.token(of: .clienteAdmin)
            let read = try await centre.request(.get, "/mi-empresa", token: owner)
            #expect(read["conekta", "source"] == "centre")
            let box = try await TestBox.enrol(centre)
            // Keys that were not there at the last start make another document; the same keys make none.
            for _ in 0..<2 { try await DefaultConektaKeys(centre: centre.centre).tellBoxes() }
            #expect(try await box.poll(applied: 2).json["snapshot"] == .null)
            let keys = try box.snapshot(in: try await box.poll(applied: 1))?.conekta
            #expect(keys?.publicKey == "key_centro_publica")
            #expect(keys?.privateKey.reveal() == "key_centro_privada")
            _ = try await centre.request(.put, Self.path, token: owner, ifMatch: "*", body: Self.body())
            let own = try box.snapshot(in: try await box.poll(applied: 2))?.conekta
            #expect(own?.publicKey == Self.publicKey)
        }
    }

    @Test func `nobody tries keys here for long`() async throws {
        try await Self.run(.sqlite) { centre, _ in
            let owner = try await centre.token(of: .clienteAdmin)
            var statuses: [Int] = []
            for number in 0..<21 {
                let body = Self.body(Self.publicKey, "key_robada_\(100 + number)")
                statuses.append(
                    try await centre.request(.put, Self.path, token: owner, ifMatch: "*", body: body).status
                )
            }
            #expect(statuses == Array(repeating: 422, count: 20) + [429])
        }
    }
}
