extension CentralMigration {
    /// How much a ficha may carry, up and down together; without a number, as much as fits into its time.
    static let dataLimits = CentralMigration(
        "0012_data_limits",
        sql: """
            ALTER TABLE product ADD COLUMN data_limit_bytes BIGINT;
            """
    )
}
