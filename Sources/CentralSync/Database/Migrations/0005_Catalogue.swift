extension CentralMigration {
    /// What changing sites and products by hand needs: versions that two people can compare, numbers never given twice.
    static let catalogue = CentralMigration(
        "0005_catalogue",
        sql: """
            ALTER TABLE site ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
            ALTER TABLE site ADD COLUMN updated_at_ms BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE empresa ADD COLUMN last_product_id BIGINT NOT NULL DEFAULT 0;
            """
    )
}
