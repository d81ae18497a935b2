/// One database on a `ThrowawayPostgres`.
public struct ThrowawayDatabase: Sendable {
    private static let ended = "psql has ended:"

    public let server: ThrowawayPostgres
    public let name: String

    init(server: ThrowawayPostgres, name: String) {
        self.server = server
        self.name = name
    }

    /// Where the database is, for a role that needs no password.
    public var url: String { url(role: "fichas") }

    /// Where the database is for a role, with its password if it has one: `role` or `role:password`.
    public func url(role: String) -> String {
        "postgresql://\(role)@/\(name)?host=\(server.folder)&port=\(server.address?.port ?? 5_432)"
    }

    /// Runs SQL with PostgreSQL's own client and returns what it prints, columns separated by `|`.
    ///
    /// Others' eyes on the database: what a test finds out by it does not depend on our code.
    @discardableResult
    public func psql(_ sql: String) async throws -> String {
        // Standard error too, and how it ended: a `ChildProcess` tells neither. The client itself, because what
        // Debian has in the path is a slow script that looks for it.
        let client = "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)/psql"
        let process = try ChildProcess([
            "sh", "-c", "\(client) \"$@\" 2>&1; echo \"\(Self.ended) $?\"", "sh",
            "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql,
        ])
        let output = await process.waitForEnd()
        let success = "\(Self.ended) 0\n"
        guard output.hasSuffix(success) else { throw ThrowawayPostgres.Failure(description: "\(sql): \(output)") }
        return String(output.dropLast(success.count)).trimmingSuffix()
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String {
        hasSuffix("\n") ? String(dropLast()) : self
    }
}
