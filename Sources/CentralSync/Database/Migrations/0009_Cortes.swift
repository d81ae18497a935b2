extension CentralMigration {
    /// What cashiers counted, beside what should have been in their tills.
    static let cortes = CentralMigration(
        "0009_cortes",
        sql: """
            CREATE TABLE corte (
                empresa_id TEXT NOT NULL,
                corte_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                till_id TEXT NOT NULL,
                number BIGINT NOT NULL,
                cashier_id TEXT NOT NULL,
                currency TEXT NOT NULL,
                first_folio BIGINT NOT NULL,
                last_folio BIGINT NOT NULL,
                sale_count BIGINT NOT NULL,
                sold_cents BIGINT NOT NULL,
                void_count BIGINT NOT NULL,
                voided_cents BIGINT NOT NULL,
                counted_cents BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                time_is_estimated BIGINT NOT NULL CHECK (time_is_estimated IN (0, 1)),
                local_date TEXT NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, corte_id)
            );
            CREATE INDEX corte_by_time ON corte (empresa_id, at_ms, corte_id);
            """
    )
}
