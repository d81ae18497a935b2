import Foundation
import RouterOSSimulator
import TestSupport
import Testing

/// Clients that others wrote find nothing to complain about.
@Suite(.timeLimit(.minutes(2))) struct LibrouterosTests {
    @Test(arguments: [("7.20", []), ("6.49.17", []), ("6.42.12", ["--legacy"])] as [(String, [String])])
    func agrees(version: String, options: [String]) async throws {
        try await RunningSimulator.run(version: try RouterOSVersion(version).orThrow()) { simulator in
            try await check(simulator, options)
        }
    }

    @Test func agreesOverTLS() async throws {
        let directory = try TemporaryDirectory()
        let (certificate, key) = (directory.path("certificate.pem"), directory.path("key.pem"))
        let made = try await run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-subj", "/CN=router", "-days", "2", "-keyout", key, "-out", certificate]
        )
        #expect(made.status == 0, "\(made.output)")
        let tls = try SimulatorTLS(
            certificateChainPEM: String(contentsOfFile: certificate, encoding: .utf8),
            privateKeyPEM: String(contentsOfFile: key, encoding: .utf8)
        )
        try await RunningSimulator.run(tls: tls) { simulator in
            try await check(simulator, ["--tls"])
        }
    }

    private func check(_ simulator: RunningSimulator, _ options: [String]) async throws {
        let python = try #require(
            ProcessInfo.processInfo.environment["FICHAS_PYTHON"],
            "FICHAS_PYTHON must name a Python that has librouteros 4.2; scripts/test makes one"
        )
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "librouteros_check.py")
        let result = try await run(
            [python, script.path(percentEncoded: false), "--port", "\(simulator.port)"]
                + ["--control", "\(simulator.controlPort)"] + options
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("checks passed"), "\(result.output)")
    }

    /// Runs a command to its end without holding a thread; gives what it wrote.
    private func run(_ command: [String]) async throws -> (status: Int32, output: String) {
        let directory = try TemporaryDirectory()
        let path = directory.path("output")
        try Data().write(to: URL(filePath: path))
        let output = try FileHandle(forWritingTo: URL(filePath: path))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = output
        process.standardError = output
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { continuation.yield($0.terminationStatus) }
        try process.run()
        let status = await ends.first { _ in true }
        try output.close()
        return (try status.orThrow(), try String(contentsOfFile: path, encoding: .utf8))
    }
}
