import Foundation
import TestSupport
import Testing

/// The real program of the centre.
@Suite struct CentreTests {
    private static func environment(_ folder: TemporaryDirectory) -> [String: String] {
        [
            "DATABASE_URL": "sqlite://" + folder.path("centre.sqlite"), "FICHAS_LISTEN": "127.0.0.1:0",
            "JWT_APIKEY_SECRET": "6Zr2kQv9yXb4Nw7mTc1LdHs8PfGa3JuE",
            "JWT_SESSION_SECRET": "Vt5hYq0oRz6CxBn2KeWj9iMl4UpSgD7a",
        ]
    }

    private static func start(_ command: String, _ environment: [String: String]) throws -> RunningProgram {
        try RunningProgram(RunningProgram.built("central-sync"), [command], environment: environment)
    }

    @Test(.timeLimit(.minutes(2))) func `it starts, ends when it is told to, and its log verifies`() async throws {
        let folder = try TemporaryDirectory()
        let socket = try NotifySocket(isAbstract: false)
        let more = [
            "SUPER_ADMIN_INITIAL_EMAIL": "root@centro.mx", "SUPER_ADMIN_INITIAL_PASSWORD": "tres gatos verdes",
            "NOTIFY_SOCKET": socket.name,
        ]
        let environment = Self.environment(folder)
        let centre = try Self.start("serve", environment.merging(more) { $1 })
        try await centre.line(containing: "the centre answers")
        #expect(socket.messages().contains("READY=1"))
        #expect(try await centre.stop() == 0)
        #expect(!centre.lines.joined().contains("gatos"))

        let audit = try Self.start("verify-audit", environment)
        #expect(try await audit.exitStatus() == 0)
        #expect(audit.lines.contains { $0.hasPrefix("ok: 1 row(s), head ") })

        // There is a super admin now: the settings need not name one.
        let again = try Self.start("serve", environment)
        try await again.line(containing: "the centre answers")
        #expect(try await again.stop() == 0)
    }

    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            (["JWT_SESSION_SECRET": "secreto_sesiones_venta_fichas"], "JWT_SESSION_SECRET is an example"),
            (["DATABASE_URL": "postgresql://u:clave-secreta@127.0.0.1:1/d"], "PostgreSQL"),
            ([:], "SUPER_ADMIN_INITIAL_EMAIL and SUPER_ADMIN_INITIAL_PASSWORD"),
        ]
    ) func `it does not start with settings it cannot keep, and says why`(
        changes: [String: String],
        reason: String
    ) async throws {
        let folder = try TemporaryDirectory()
        let centre = try Self.start("serve", Self.environment(folder).merging(changes) { $1 })
        #expect(try await centre.exitStatus() != 0)
        let text = centre.lines.joined(separator: "\n")
        #expect(text.contains(reason), "\(text)")
        #expect(!text.contains("secreto_sesiones") && !text.contains("clave-secreta"))
    }
}
