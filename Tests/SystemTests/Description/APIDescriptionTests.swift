import Foundation
import TestSupport
import Testing

/// The real box against its description, with requests that Schemathesis makes up from it.
@Suite(.timeLimit(.minutes(3))) struct APIDescriptionTests {
    /// What Schemathesis looks for by itself and we decided otherwise: a schema cannot say everything that is refused (white
    /// space around a name, a card that does not pay), and a wrong method is 404 like an unknown path.
    private static let excluded = "positive_data_acceptance,unsupported_method"

    @Test func `requests made up from the description get answers that stand in it`() async throws {
        let seed = ProcessInfo.processInfo.environment["FICHAS_API_SEED"] ?? "1"
        let description = RunningProgram.package.appending(path: "docs/api/openapi.yaml").path(percentEncoded: false)
        try await RunningSite.run { site in
            let folder = try TemporaryDirectory()
            let run = try PythonTool.start(
                [
                    "-m", "schemathesis.cli", "run", description, "--url", site.url(""), "--no-color", "--seed", seed,
                    "-H", "X-API-Key: \(RunningSite.apiKey)", "--exclude-checks", Self.excluded, "--max-examples", "40",
                    "--generation-database", "none", "--output-truncate", "false",
                ],
                in: folder
            )
            let status = try await run.exitStatus(within: .seconds(120))
            withExtendedLifetime(folder) {}
            #expect(status == 0, "FICHAS_API_SEED=\(seed)\n\(run.lines.joined(separator: "\n"))")
            #expect(run.lines.contains { $0.contains("Tested: 6") }, "not every operation was tested")
        }
    }
}
