import Foundation
import TestSupport
import Testing

/// What the real programs ask of the kernel is what their units allow: a call that is not kills the program on the box, and
/// no test of the program by itself would see it.
@Suite(.timeLimit(.minutes(2))) struct SystemCallTests {
    /// SQLite gives its files to the owner of the database, and asks for that only where it runs as root.
    /// https://www.sqlite.org/src/file?name=src/os_unix.c (`robustFchown`)
    private static let onlyAsRoot: Set = ["fchown"]

    /// As a grandchild (-D), so that signals go to the program and not to its tracer.
    private static func tracer(_ file: String) -> [String] { ["strace", "-D", "-f", "-qq", "-o", file] }

    @Test func `the box starts, sells and ends within its unit`() async throws {
        let folder = try TemporaryDirectory()
        var options = RunningSite.Options()
        options.boxTracer = Self.tracer(folder.path("trace"))
        try await RunningSite.run(options) { site in
            let token = try await site.conekta.cardToken()
            #expect(try await BoxAPI(site: site).pay(token: token).status == 200)
        }
        try await expectOnlyAllowed(folder.path("trace"), by: "edge-agent.service")
    }

    @Test func `the centre starts, lets somebody in and ends within its unit`() async throws {
        let folder = try TemporaryDirectory()
        let centre = try await RunningCentre(
            databaseURL: "sqlite://" + folder.path("centre.sqlite"),
            conektaURL: "http://127.0.0.1:1",
            tracer: Self.tracer(folder.path("trace"))
        )
        _ = try await centre.firstLogin()
        #expect(try await centre.program.stop() == 0)
        try await expectOnlyAllowed(folder.path("trace"), by: "central-sync.service")
    }

    private func expectOnlyAllowed(_ trace: String, by unit: String) async throws {
        let allowed = try await SystemCallFilter(unit: unit).allowed
        let text = try String(contentsOfFile: trace, encoding: .utf8)
        let called = Set(text.split(separator: "\n").compactMap { $0.firstMatch(of: /^\d+ +(\w+)\(/)?.output.1 })
        #expect(called.contains("fdatasync") && called.contains("setpriority"), "a trace of nothing proves nothing")
        #expect(!allowed.contains("reboot") && allowed.contains("read"), "the unit's filter was not understood")
        #expect(Set(called.map(String.init)).subtracting(allowed).subtracting(Self.onlyAsRoot) == [])
    }
}
