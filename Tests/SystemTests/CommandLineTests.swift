import Foundation
import TestSupport
import Testing

/// What an operator sees of `edge-agent` in a terminal.
@Suite(.timeLimit(.minutes(1))) struct CommandLineTests {
    private func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> (Int32, String) {
        let program = try RunningProgram(RunningProgram.built("edge-agent"), arguments, environment: environment)
        let status = try await program.exitStatus()
        return (status, program.lines.joined(separator: "\n"))
    }

    @Test func `the help lists every setting in lines that fit`() async throws {
        let (status, text) = try await run(["serve", "--help"])
        #expect(status == 0)
        let list = RunningProgram.package.appending(path: "Sources/EdgeAgent/Operations/EdgeSettings+List.swift")
        let variables = try String(contentsOf: list, encoding: .utf8).matches(of: /"(FICHAS_[A-Z_]+)"/).map(\.output.1)
        #expect(variables.count == 13)
        for variable in variables { #expect(text.contains("\n  \(variable) ("), "\(variable)") }
        // What the help has to wrap by itself loses its indentation.
        let settings = text.split(separator: "\n").drop { !$0.hasPrefix("  FICHAS") }.prefix { !$0.hasPrefix("USAGE") }
        #expect(settings.allSatisfy { $0.hasPrefix("  ") })
    }

    @Test func `a site document is checked, and what is wrong with it said without its secrets`() async throws {
        let folder = try TemporaryDirectory()
        let example = RunningProgram.package.appending(path: "docs/sitio.ejemplo.json")
        let text = try String(contentsOf: example, encoding: .utf8)
        func check(_ text: String) async throws -> (Int32, String) {
            try text.write(toFile: folder.path("site.json"), atomically: true, encoding: .utf8)
            return try await run(["check-site", folder.path("site.json")])
        }
        let untouched = try await check(text)
        #expect(untouched.0 == 1)
        #expect(untouched.1.contains("line 13, column 45"), "\(untouched.1)")
        let good = text.replacing("ROUTER_PORT", with: "8728")
            .replacing("API_KEY_SHA256", with: String(repeating: "0", count: 64))
        #expect(try await check(good) == (0, "ok: 1 router(s), 3 product(s)"))
        let wrong = try await check(good.replacing("America/Mexico_City", with: "secreto"))
        #expect(wrong.0 == 1)
        #expect(wrong.1.contains("site.time_zone"))
        #expect(!wrong.1.contains("secreto") && !wrong.1.contains("privada"))
        #expect(try await run(["check-site", folder.path("nothing.json")]).0 == 1)
        withExtendedLifetime(folder) {}
    }

    @Test func `a wrong setting stops the start with its name and without its value`() async throws {
        let (status, text) = try await run(["serve"], environment: ["FICHAS_LISTEN": "key_muy_secreta"])
        #expect(status != 0)
        #expect(text.contains("FICHAS_LISTEN: address and port"))
        #expect(!text.contains("key_muy_secreta"))
    }
}
