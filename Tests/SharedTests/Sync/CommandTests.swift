import Foundation
import Shared
import Testing

@Suite struct CommandTests {
    private static let command = BoxCommand(
        id: "cmd_1",
        kind: BoxCommand.Kind.testConnection,
        arguments: .object(["router_id": .string("rtr_1")]),
        expiresAt: Timestamp(seconds: 1_800_000_000)
    )

    private func sent(_ result: CommandResult) throws -> CommandResult {
        try JSONDecoder().decode(CommandResult.self, from: JSONEncoder().encode(result))
    }

    @Test func `an answer comes back as it was given`() throws {
        let test = ConnectionTest(
            isReachable: true,
            latencyMilliseconds: 3,
            identity: "hAP",
            version: "7.20.6 (stable)",
            hotspotServers: ["hotspot1"],
            problems: [.init(code: ConnectionTest.Problem.Code.profileMissing, message: "Falta el perfil 24h.")]
        )
        let result = try sent(CommandResult(Self.command, answer: test))
        #expect(result.commandID == "cmd_1" && result.isDone)
        #expect(try result.answer.decoded() == test)
        let profiles = ProfileList(
            profiles: [.init(name: "default", rateLimit: nil, sharedUsers: 1, sessionTimeoutSeconds: 3_600)]
        )
        #expect(try sent(CommandResult(Self.command, answer: profiles)).answer.decoded() == profiles)
        #expect(try Self.command.arguments.decoded(as: RouterArguments.self).routerID == "rtr_1")
    }

    @Test func `a failure says why, and is no answer`() throws {
        let failure = CommandFailure(code: CommandFailure.Code.routerAway, message: "No responde.")
        let result = try sent(CommandResult(Self.command, failure: failure))
        #expect(!result.isDone)
        #expect(try result.answer.decoded() == failure)
        #expect(throws: DecodingError.self) { try result.answer.decoded(as: ProfileList.self) }
    }

    @Test func `what a later version adds does no harm`() throws {
        let json = #"{"reachable":false,"hotspot_servers":[],"problems":[],"colour":"blue"}"#
        let test = try JSONDecoder().decode(ConnectionTest.self, from: Data(json.utf8))
        #expect(test == ConnectionTest(isReachable: false, problems: []))
    }
}
