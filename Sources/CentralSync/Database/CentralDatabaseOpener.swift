import Logging
import ServiceLifecycle

/// The one place that knows which database the centre runs on.
enum CentralDatabaseOpener {
    /// Opens the database and brings its schema up to date.
    ///
    /// What it returns is a `Service` too: it keeps the database for as long as anything else runs, ends the program
    /// when the database has failed for good, and closes it last.
    ///
    /// - Throws: ``CentralDatabaseError/unavailable(_:)`` or the database's own error, for whoever starts the program.
    static func open(_ url: DatabaseURL, logger: Logger) async throws -> any CentralDatabase & Service {
        switch url {
        case .sqlite(let path): return try SQLiteCentralDatabase(path: path)
        case .postgresql(let url):
            let database = try PostgresCentralDatabase(url: url, logger: logger)
            try await database.migrate()
            return database
        }
    }

    /// Opens a database that a centre may be using, to read from; its schema must be this program's.
    ///
    /// - Throws: As ``open(_:logger:)``.
    static func openToRead(_ url: DatabaseURL, logger: Logger) throws -> any CentralReader {
        switch url {
        case .sqlite(let path): try SQLiteCentralReader(path: path)
        case .postgresql(let url): try PostgresCentralDatabase(url: url, logger: logger)
        }
    }
}
