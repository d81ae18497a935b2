import Shared

@testable import CentralSync

/// What the centre knows of its boxes at one moment, to be put back later as a restored backup would.
enum CentreBackup {
    /// In an order in which they can be filled again.
    private static let tables = [
        "box", "box_status", "box_credential", "box_epoch", "event", "venta", "venta_sum", "quarantine", "fork",
    ]

    static func make(_ database: any CentralDatabase) async throws {
        try await database.write { session in
            for table in tables { try session.execute("CREATE TABLE backup_\(table) AS SELECT * FROM \(table)") }
        }
    }

    static func restore(_ database: any CentralDatabase) async throws {
        try await database.write { session in
            for table in tables.reversed() { try session.execute("DELETE FROM \(table)") }
            for table in tables { try session.execute("INSERT INTO \(table) SELECT * FROM backup_\(table)") }
        }
    }
}
