import Foundation

/// A real PostgreSQL, made for the tests and gone with them: on a unix socket of its own, as a user that is not root.
///
/// Nothing is left behind, not even by a test process that is killed. The server is the child of a watchdog, a shell
/// in a session of its own, whose standard input only this process holds open: when it ends, in whatever way, the
/// watchdog reads the end of its input, stops the server and removes the folder. Should the watchdog itself be
/// killed, the kernel tells the server to stop.
public final class ThrowawayPostgres: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// What a server is to be besides a plain one.
    public struct Options: Sendable {
        /// Whether what was committed survives the server's death. Most tests need no such thing, and are faster
        /// without.
        public var isDurable = false
        /// The name on the certificate of a server that also listens for TLS, in OpenSSL's words: `DNS:db.test`.
        public var certificateName: String?

        public init() {}
    }

    /// The one server most tests of a process share, each with a database of its own.
    public static var shared: ThrowawayPostgres {
        get async throws { try await starting.value }
    }
    private static let starting = Task { try await ThrowawayPostgres() }

    /// Where the server's socket is.
    public let folder: String
    /// Where the server listens for TLS, if it does.
    public let address: (host: String, port: Int)?
    private let process: ChildProcess

    /// Makes a server and returns when it answers.
    public init(_ options: Options = Options()) async throws {
        var settings = Self.settings + (options.isDurable ? [] : Self.hasty)
        if options.certificateName != nil {
            // An address of its own, so that nobody has the port; PostgreSQL cannot look for a free one by itself.
            let part = { String(Int.random(in: 1...254)) }
            let address = (host: "127.\(part()).\(part()).\(part())", port: Int.random(in: 20_000..<30_000))
            settings += ["listen_addresses = '\(address.host)'", "port = \(address.port)", "ssl = on"]
            self.address = address
        } else {
            settings += ["listen_addresses = ''"]
            address = nil
        }
        process = try ChildProcess([
            "setsid", "bash", "-c", Self.watchdog, "watchdog", settings.joined(separator: "\n"),
            options.certificateName ?? "",
        ])
        let output = await process.waitForOutput { $0.contains(Self.ready) }
        guard output.contains(Self.ready), let line = output.split(separator: "\n").first else {
            throw Failure(description: "no PostgreSQL: \(output)")
        }
        folder = String(line)
    }

    deinit {
        process.closeInput()
    }

    /// Stops the server and removes all of it.
    public func stop() async {
        process.closeInput()
        _ = await process.waitForEnd()
    }

    /// Kills the server as a power cut would, and returns when none of its processes is left.
    public func kill() async {
        await tell("kill", until: "killed")
    }

    /// Starts the server again after `kill`, and returns when it answers.
    public func restart() async {
        await tell("start", until: Self.ready)
    }

    /// Runs the body with a database that is a copy of the template, and removes it.
    @discardableResult
    public func withDatabase<Value>(
        template: String = "template1",
        _ body: (ThrowawayDatabase) async throws -> Value
    ) async throws -> Value {
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let database = ThrowawayDatabase(server: self, name: name)
        let control = ThrowawayDatabase(server: self, name: "postgres")
        try await control.psql("CREATE DATABASE \(name) TEMPLATE \(template)")
        do {
            let value = try await body(database)
            try await control.psql("DROP DATABASE \(name) WITH (FORCE)")
            return value
        } catch {
            // The test's own failure is the one to tell of; the server may be gone.
            _ = try? await control.psql("DROP DATABASE \(name) WITH (FORCE)")
            throw error
        }
    }

    private func tell(_ command: String, until answer: String) async {
        let before = await process.waitForOutput { _ in true }.count(of: answer)
        process.write("\(command)\n")
        _ = await process.waitForOutput { $0.count(of: answer) > before }
    }
}

extension String {
    fileprivate func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
