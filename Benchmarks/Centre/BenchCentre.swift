import Foundation
import Shared
import TestSupport

/// The release build of the centre on a database of its own, with the rows a benchmark puts there.
struct BenchCentre: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let email = "medida@centro.mx"
    static let password = "correcto caballo bateria"

    let store: BenchStore
    let folder: TemporaryDirectory
    let port: UInt16
    private let settings: [String: String]

    /// Makes the schema, and fills it.
    ///
    /// - Parameter rows: SQL, run while the centre does not.
    init(on store: BenchStore, rows: [String]) async throws {
        self.store = store
        folder = try TemporaryDirectory()
        port = try freePort()
        settings = [
            "DATABASE_URL": store.url, "FICHAS_LISTEN": "127.0.0.1:\(port)",
            "JWT_APIKEY_SECRET": "q7Zr0bV2nE5xK8mT1wJ4sP6yD9gH3cLf", "FICHAS_LOG_LEVEL": "warning",
            "JWT_SESSION_SECRET": "u3Fh8kR6vB1zN4pX7tG2jM5dS9wQ0aYc", "SUPER_ADMIN_INITIAL_EMAIL": Self.email,
            "SUPER_ADMIN_INITIAL_PASSWORD": Self.password,
            // As its unit runs it.
            "MALLOC_ARENA_MAX": "1",
        ]
        try await run { _ in }
        // Else nothing opens before the password is changed.
        try await store.execute(["UPDATE usuario SET must_change_password = 0"] + rows)
    }

    /// Runs `body` with the centre at work.
    func run<Value>(_ body: (RunningProgram) async throws -> Value) async throws -> Value {
        let program = try start(["serve"])
        do {
            try await answering(.milliseconds(5)) { try PlainHTTP.get("/healthz", from: port).status == 200 }
            let value = try await body(program)
            // Ten thousand boxes are told first.
            try await program.stop(within: .seconds(60))
            return value
        } catch {
            await program.killNow()
            throw error
        }
    }

    /// Runs another command of the program to its end.
    ///
    /// - Returns: How long it took, and the most memory it was seen to hold.
    func command(_ arguments: [String]) async throws -> (duration: Duration, peakMB: Double) {
        let begin = ContinuousClock.now
        let program = try start(arguments)
        let watch = Task {
            var peak = 0.0
            while let memory = try? ProcessMemory(of: program.processIdentifier) {
                peak = max(peak, memory.peakMB)
                try? await Task.sleep(for: .milliseconds(20))
                if Task.isCancelled { break }
            }
            return peak
        }
        let status = try await program.exitStatus(within: .seconds(3_600))
        let duration = ContinuousClock.now - begin
        watch.cancel()
        guard status == 0 else { throw Failure(description: "central-sync \(arguments) ended with \(status)") }
        return (duration, await watch.value)
    }

    /// Logs in.
    ///
    /// - Returns: The fields of a request by the super admin.
    func session() throws -> [String] {
        let body = #"{"email":"\#(Self.email)","password":"\#(Self.password)"}"#
        let answer = try PlainHTTP.send(
            ["POST /auth/login HTTP/1.1", "Content-Type: application/json"],
            body: body,
            to: port,
            from: "127.0.0.2"
        )
        struct Session: Decodable {
            let access_token: String
        }
        let token = try JSONDecoder().decode(Session.self, from: Data(answer.body.utf8)).access_token
        return ["Authorization: Bearer \(token)"]
    }

    private func start(_ arguments: [String]) throws -> RunningProgram {
        // Through a pipe to us, every line of its log would cost a process that measures.
        try RunningProgram(
            URL(filePath: "/bin/sh"),
            ["-c", "exec \"$@\" >>\"$BENCH_LOG\" 2>&1", "sh", RunningProgram.built("central-sync").path()] + arguments,
            environment: settings.merging(["BENCH_LOG": folder.path("centre.log")]) { $1 }
        )
    }
}
