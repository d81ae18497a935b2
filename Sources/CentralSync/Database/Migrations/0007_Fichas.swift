extension CentralMigration {
    /// How each ficha stands, by what its box said last. Codes are unique at a site, not in an empresa.
    static let fichas = CentralMigration(
        "0007_fichas",
        sql: """
            CREATE TABLE ficha (
                empresa_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                code TEXT NOT NULL,
                box_id TEXT NOT NULL,
                router_id TEXT NOT NULL,
                product_id BIGINT NOT NULL,
                product_name TEXT NOT NULL,
                duration_seconds BIGINT NOT NULL,
                batch_id TEXT,
                state TEXT NOT NULL CHECK (state IN ('minted', 'sold', 'active', 'expired', 'voided', 'refunded')),
                state_rank BIGINT NOT NULL,
                clock_quality TEXT NOT NULL CHECK (clock_quality IN ('unsynced', 'restored', 'synced')),
                moves BIGINT NOT NULL,
                minted_at_ms BIGINT,
                sold_at_ms BIGINT,
                first_used_at_ms BIGINT,
                expires_at_ms BIGINT,
                ended_at_ms BIGINT,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, site_id, code)
            );
            """
    )
}
