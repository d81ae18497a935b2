import Foundation
import Shared
import TestSupport

/// A site as it is sold: the release build of the box with its ordinary log, which goes to a file, and both simulators.
final class BenchSite: Sendable {
    static let apiKey = "jwt_medida.de.rendimiento"

    let conekta: SimulatorControl
    let router: SimulatorControl
    let folder: TemporaryDirectory
    let port: UInt16
    let routerPort: Int
    private let simulators: [RunningProgram]
    private let settings: [String: String]

    /// Starts the simulators and writes the site document, runs `body`, and ends what is left.
    ///
    /// - Throws: What `body` throws; `RunningProgram.Failure`.
    static func run<Value>(_ body: (BenchSite) async throws -> Value) async throws -> Value {
        let site = try await BenchSite()
        do {
            let value = try await body(site)
            for simulator in site.simulators { try await simulator.stop() }
            return value
        } catch {
            for simulator in site.simulators { await simulator.killNow() }
            throw error
        }
    }

    private init() async throws {
        folder = try TemporaryDirectory()
        port = try freePort()
        let simulator = RunningProgram.built("simulator")
        let ports = ["--port", "0", "--control-port", "0"]
        let conekta = try RunningProgram(simulator, ["conekta"] + ports)
        let profiles = ["1h", "24h", "7d"].flatMap { ["--profile", $0] }
        // With the usual licence the router would turn the 201st phone away.
        let options = ["--password", "secreto", "--license-level", "6"]
        let router = try RunningProgram(simulator, ["routeros"] + options + ports + profiles)
        simulators = [conekta, router]
        let conektaLine = try await conekta.line(containing: "control_port=")
        let routerLine = try await router.line(containing: "control_port=")
        self.conekta = SimulatorControl(try Self.local(try Self.number("control_port", in: conektaLine)))
        self.router = SimulatorControl(try Self.local(try Self.number("control_port", in: routerLine)))
        routerPort = try Self.number("port", in: routerLine)
        let document = try Self.document(routerPort: routerPort)
        try document.write(toFile: folder.path("site.json"), atomically: true, encoding: .utf8)
        let address = "http://127.0.0.1:\(try Self.number("port", in: conektaLine))"
        settings = [
            // As its unit runs it.
            "MALLOC_ARENA_MAX": "1",
            "FICHAS_SITE_FILE": folder.path("site.json"), "FICHAS_DATABASE": folder.path("box.sqlite"),
            "FICHAS_LISTEN": "127.0.0.1:\(port)", "FICHAS_CONEKTA_URL": address,
            "FICHAS_PORTAL_DIRECTORY": RunningProgram.package.appending(path: "portal-html").path(),
        ]
    }

    /// Runs `body` with the box at work, then tells the box to end and waits for it.
    ///
    /// - Parameter launcher: A program that runs the box, such as `strace`, with its arguments.
    func withBox<Value>(
        through launcher: [String] = [],
        _ body: (RunningProgram) async throws -> Value
    ) async throws -> Value {
        let box = try startBox(through: launcher)
        do {
            try await answering(.milliseconds(5)) { try self.get("/config/public").body.contains("\"available\":true") }
            let value = try await body(box)
            try await box.stop()
            return value
        } catch {
            await box.killNow()
            throw error
        }
    }

    /// Starts the box, and does not wait for it.
    func startBox(through launcher: [String] = []) throws -> RunningProgram {
        let command = launcher + [RunningProgram.built("edge-agent").path(), "serve"]
        // Through a pipe to us, every line of its log would cost a process that measures.
        return try RunningProgram(
            URL(filePath: "/bin/sh"),
            ["-c", "exec \"$@\" >>\"$BENCH_LOG\" 2>&1", "sh"] + command,
            environment: settings.merging(["BENCH_LOG": folder.path("box.log")]) { $1 }
        )
    }

    /// A request with the API key, as a portal of the router sends it.
    func get(_ path: String) throws -> PlainHTTP.Answer {
        try PlainHTTP.get(path, headers: ["X-API-Key: \(Self.apiKey)"], from: port)
    }

    /// The example of the documentation.
    private static func document(routerPort: Int) throws -> String {
        let example = RunningProgram.package.appending(path: "docs/sitio.ejemplo.json")
        return try String(contentsOf: example, encoding: .utf8)
            .replacing("ROUTER_PORT", with: "\(routerPort)")
            .replacing("API_KEY_SHA256", with: SHA256Digest(of: apiKey).hexadecimal)
    }

    private static func number(_ name: String, in line: String) throws -> Int {
        let word = line.split(separator: " ").first { $0.hasPrefix(name + "=") }
        guard let number = word.flatMap({ Int($0.dropFirst(name.count + 1)) }) else { throw CocoaError(.formatting) }
        return number
    }

    private static func local(_ port: Int) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)") else { throw CocoaError(.formatting) }
        return url
    }
}
