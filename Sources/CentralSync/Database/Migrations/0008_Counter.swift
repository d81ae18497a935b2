extension CentralMigration {
    /// What is sold for cash: who sells, at which till under which folio, and what was taken back.
    static let counter = CentralMigration(
        "0008_counter",
        sql: """
            ALTER TABLE usuario ADD COLUMN pin_hash TEXT;
            ALTER TABLE venta ADD COLUMN till_id TEXT;
            ALTER TABLE venta ADD COLUMN folio BIGINT;
            ALTER TABLE venta ADD COLUMN cashier_id TEXT;
            CREATE TABLE venta_void (
                empresa_id TEXT NOT NULL,
                venta_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                cashier_id TEXT NOT NULL,
                reason TEXT NOT NULL,
                amount_cents BIGINT NOT NULL,
                currency TEXT NOT NULL,
                at_ms BIGINT NOT NULL,
                time_is_estimated BIGINT NOT NULL CHECK (time_is_estimated IN (0, 1)),
                local_date TEXT NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, venta_id)
            );
            """
    )
}
