extension CentralMigration {
    /// Who sells for cash at the counters of boxes.
    static let counter = CentralMigration(
        "0008_counter",
        sql: """
            ALTER TABLE usuario ADD COLUMN pin_hash TEXT;
            """
    )
}
