import Foundation
import Shared
import TestSupport
import Testing

/// The real centre against its description, with requests that Schemathesis makes up from it: as a super admin, as an
/// empresa's owner, and as a box.
@Suite(.timeLimit(.minutes(8))) struct CentreDescriptionTests {
    /// As for the box.
    private static let excluded = "positive_data_acceptance,unsupported_method"

    @Test func `requests made up from the description get answers that stand in it`() async throws {
        try await DescribedCentre.run { centre, _ in
            // Logging out and a new password of one's own would end the session of whoever asks.
            let admin = ["^/(admin|healthz|metrics)", "--exclude-path", "/admin/usuarios/{usuario_id}/password"]
            try await check(centre, as: centre.superAdmin, admin, operations: 31, examples: 2)
            let owner = ["^/(products|routers|mi-empresa|auth/me)"]
            try await check(centre, as: centre.clienteAdmin, owner, operations: 33, examples: 4)
            // A poll waits for as long as it says, which would be all there is to see.
            try await check(centre, as: centre.box, ["^/sync/(events|epoch)"], operations: 2, examples: 20)
            // Each password costs a hash, on purpose.
            let session = ["^/auth/(login|refresh|password|pin|totp)", "--phases", "examples,fuzzing"]
            try await check(centre, as: centre.clienteAdmin, session, operations: 7, examples: 2)
        }
    }

    @Test func `a box that waits is sent away when the centre is told to end`() async throws {
        try await DescribedCentre.run { centre, program in
            // Made with the router and with the product: nothing is newer than this.
            async let waiting = centre.poll(applied: 3, wait: 55)
            async let second = centre.poll(applied: 3, wait: 55)
            var metrics = ""
            while !metrics.contains("boxes_waiting 2") {
                metrics = String(decoding: try await centre.http.exchange("GET", "/metrics").body, as: UTF8.self)
            }
            #expect(try await program.stop(within: .seconds(10)) == 0)
            for answer in [try await waiting, try await second] {
                // Their answers had begun.
                #expect(answer.status == 200)
                let reply = try JSONDecoder().decode(SyncPoll.Reply.self, from: answer.body)
                #expect((1...5).contains(reply.retryAfterSeconds ?? 0))
            }
        }
    }

    private func check(
        _ centre: DescribedCentre,
        as token: String,
        _ choice: [String],
        operations: Int,
        examples: Int
    ) async throws {
        let seed = ProcessInfo.processInfo.environment["FICHAS_API_SEED"] ?? "1"
        let description = RunningProgram.package.appending(path: "docs/api/centro.yaml").path(percentEncoded: false)
        let folder = try TemporaryDirectory()
        let run = try PythonTool.start(
            [
                "-m", "schemathesis.cli", "run", description, "--url", centre.address, "--no-color", "--seed", seed,
                "-H", "Authorization: Bearer \(token)", "--exclude-checks", Self.excluded, "--max-examples",
                String(examples), "--generation-database", "none", "--output-truncate", "false", "--request-timeout",
                "60", "--phases", "examples,coverage,fuzzing", "--include-path-regex",
            ] + choice,
            in: folder
        )
        let status = try await run.exitStatus(within: .seconds(180))
        withExtendedLifetime(folder) {}
        #expect(status == 0, "FICHAS_API_SEED=\(seed)\n\(run.lines.joined(separator: "\n"))")
        #expect(run.lines.contains { $0.contains("Tested: \(operations)") }, "not every operation was tested")
    }
}
