import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What a person asks of a router, and its box answers.
@Suite(.timeLimit(.minutes(5))) struct RouterCommandTests {
    private static let test = "/routers/rtr_1/test-connection"
    private static let profiles = "/routers/rtr_1/mikrotik-profiles"

    /// Polls until there is a command, and answers it.
    private static func answer(
        _ box: TestBox,
        _ answer: @escaping @Sendable (BoxCommand) throws -> CommandResult
    ) async throws -> BoxCommand {
        let reply = try await box.poll(applied: 1, wait: 10)
        let commands = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(reply.text.utf8)).commands
        let command = try #require(commands.first)
        _ = try await box.poll(applied: 1, results: [try answer(command)])
        return command
    }

    @Test(arguments: DatabaseKind.allCases) func `the box tries the router now`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let (box, token) = (try await TestBox.enrol(centre), try await centre.token(of: .tecnico))
            let found = ConnectionTest(
                isReachable: true,
                latencyMilliseconds: 4,
                identity: "hAP tienda",
                version: "7.20.6 (stable)",
                boardName: "hAP ax2",
                licenseLevel: "4",
                hotspotServers: ["hotspot1"],
                problems: [.init(code: ConnectionTest.Problem.Code.profileMissing, message: "Falta el perfil 24h.")]
            )
            async let asked = centre.request(.post, Self.test, token: token)
            let command = try await Self.answer(box) { try CommandResult($0, answer: found) }
            #expect(command.kind == BoxCommand.Kind.testConnection)
            #expect(try command.arguments.decoded(as: RouterArguments.self).routerID == "rtr_1")
            let answer = try await asked
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.json.decoded(as: ConnectionTest.self) == found)

            let list = ProfileList(
                profiles: [.init(name: "default", rateLimit: "2M/5M", sharedUsers: 1, sessionTimeoutSeconds: nil)]
            )
            async let read = centre.request(.get, Self.profiles, token: token)
            _ = try await Self.answer(box) { try CommandResult($0, answer: list) }
            #expect(try await read.json.decoded(as: ProfileList.self) == list)
        }
    }

    @Test func `what the box could not do is said in its words, if they are words`() async throws {
        try await CentralFixture.run(.sqlite, overSockets: true) { centre in
            let (box, token) = (try await TestBox.enrol(centre), try await centre.token(of: .clienteAdmin))
            async let first = centre.request(.get, Self.profiles, token: token)
            let failure = CommandFailure(code: CommandFailure.Code.routerAway, message: "El router no responde.")
            _ = try await Self.answer(box) { CommandResult($0, failure: failure) }
            #expect(try await first.status == 502)
            #expect(try await first.code == "router_away")
            #expect(try await first["error", "message"] == "El router no responde.")
            let strange: [JSONValue] = [.null, .object([:]), .string("x"), .object(["profiles": .integer(1)])]
            for (isDone, value) in strange.flatMap({ [(true, $0), (false, $0)] }) {
                async let asked = centre.request(.get, Self.profiles, token: token)
                _ = try await Self.answer(box) { CommandResult(commandID: $0.id, isDone: isDone, answer: value) }
                #expect(try await asked.code == "box_answer_unreadable")
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a box that is away is said to be so at once, and since when`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let none = try await centre.request(.post, Self.test, token: owner)
            #expect(none.status == 409 && none.code == "box_missing")
            _ = try await TestBox.enrol(centre)
            centre.time.advance(by: .seconds(300))
            let answer = try await centre.request(.post, Self.test, token: owner)
            #expect(answer.status == 504 && answer.code == "box_away")
            #expect(answer.json["last_seen_seconds"] == .integer(300))
            #expect(answer["last_seen_at"] == TestWallClock.start.rfc3339)
            let left = try await centre.centre.database.read { try $0.query("SELECT command_id FROM command").count }
            #expect(left == 0)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `commands are forgotten after a day`(kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            let left = try await database.write { session in
                for (id, age) in [("cmd_old", 86_401), ("cmd_new", 86_399)] {
                    let end = Tenants.now - .seconds(age)
                    let command = BoxCommand(id: id, kind: "x", arguments: .null, expiresAt: end)
                    try CommandStore.insert(command, for: box, at: end, in: session)
                }
                try CommandStore.prune(at: Tenants.now, in: session)
                return try session.query("SELECT command_id FROM command").map { try $0.text("command_id") }
            }
            #expect(left == ["cmd_new"])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a box that does not answer is waited for no longer than the limit`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            let (time, waiting) = (TestWallClock(), Tally())
            let waiters = Waiters(now: { time.monotonic }) { waiting.set($0) }
            let desk = CommandDesk(database: database, waiters: waiters, wallClock: time.wallClock)
            async let result = desk.run("x", .null, at: box, within: .seconds(15))
            await waiting.reaches(1)
            time.advance(by: .seconds(15))
            waiters.expire()
            #expect(try await result == nil)
            #expect(waiters.count == 0)
        }
    }
}
