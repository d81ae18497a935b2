import Foundation
import TestSupport
import Testing

/// A centre as it is delivered, on a port that stays its own through restarts.
final class RunningCentre {
    static let email = "root@centro.mx"
    private static let firstPassword = "tres gatos verdes"
    private static let password = "cuatro perros azules"

    let port: UInt16
    private(set) var program: RunningProgram
    private var settings: [String: String]
    private let http: PlainHTTP

    /// Returns when it answers.
    ///
    /// - Parameter tracer: What it runs under until it is started again, such as `strace` with its options.
    init(databaseURL: String, conektaURL: String, tracer: [String] = []) async throws {
        let settings = [
            "DATABASE_URL": databaseURL, "FICHAS_CONEKTA_URL": conektaURL,
            "JWT_APIKEY_SECRET": "6Zr2kQv9yXb4Nw7mTc1LdHs8PfGa3JuE",
            "JWT_SESSION_SECRET": "Vt5hYq0oRz6CxBn2KeWj9iMl4UpSgD7a",
            "SUPER_ADMIN_INITIAL_EMAIL": Self.email, "SUPER_ADMIN_INITIAL_PASSWORD": Self.firstPassword,
        ]
        program = try Self.start(settings.merging(["FICHAS_LISTEN": "127.0.0.1:0"]) { $1 }, under: tracer)
        let line = try await program.line(containing: "the centre answers")
        port = try #require(line.firstMatch(of: /"port":"(\d+)"/).flatMap { UInt16($0.output.1) })
        self.settings = settings.merging(["FICHAS_LISTEN": "127.0.0.1:\(port)"]) { $1 }
        http = PlainHTTP(port: port)
    }

    private static func start(
        _ environment: [String: String],
        _ arguments: [String] = ["serve"],
        under tracer: [String] = []
    ) throws -> RunningProgram {
        let program = RunningProgram.built("central-sync")
        guard !tracer.isEmpty else { return try RunningProgram(program, arguments, environment: environment) }
        let command = tracer + [program.path(percentEncoded: false)] + arguments
        return try RunningProgram(URL(filePath: "/usr/bin/env"), command, environment: environment)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Logs the first super admin in, with a password of their own.
    ///
    /// - Returns: An access token.
    func firstLogin() async throws -> String {
        let login = try await ask("POST", "/auth/login", ["email": Self.email, "password": Self.firstPassword])
        let token = try #require(login.text("access_token"))
        let change = ["current_password": Self.firstPassword, "new_password": Self.password]
        #expect(try await ask("POST", "/auth/password", change, token: token).status == 204)
        return token
    }

    /// Logs the super admin in again.
    ///
    /// - Returns: An access token.
    func login() async throws -> String {
        let login = try await ask("POST", "/auth/login", ["email": Self.email, "password": Self.password])
        return try #require(login.text("access_token"), "\(String(decoding: login.body, as: UTF8.self))")
    }

    func ask(
        _ method: String,
        _ path: String,
        _ body: [String: Any]? = nil,
        token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> BoxAPI.Answer {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        return try await send(method, path, data, token: token, headers: headers)
    }

    func send(
        _ method: String,
        _ path: String,
        _ body: Data,
        token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> BoxAPI.Answer {
        let authorization = token.map { ["Authorization": "Bearer " + $0] } ?? [:]
        let answer = try await http.exchange(
            method,
            path,
            accept: "application/json",
            headers: authorization.merging(headers) { $1 },
            body: body
        )
        return BoxAPI.Answer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    /// Runs another command of the program.
    ///
    /// - Parameter databaseURL: On another database than the centre's own.
    func command(
        _ arguments: [String],
        databaseURL: String? = nil
    ) async throws -> (status: Int32, lines: [String]) {
        let environment = databaseURL.map { settings.merging(["DATABASE_URL": $0]) { $1 } } ?? settings
        let program = try Self.start(environment, arguments)
        return (try await program.exitStatus(), program.lines)
    }

    /// Ends it as a power cut would.
    func kill() async {
        await program.killNow()
    }

    /// - Parameter databaseURL: Another database from now on.
    func startAgain(databaseURL: String? = nil) async throws {
        if let databaseURL { settings["DATABASE_URL"] = databaseURL }
        program = try Self.start(settings)
        try await program.line(containing: "the centre answers")
    }
}
