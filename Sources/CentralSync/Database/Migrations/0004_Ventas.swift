extension CentralMigration {
    /// What came up: every event as its bytes came, the ventas read from them, and the sums kept beside.
    static let ventas = CentralMigration(
        "0004_ventas",
        sql: """
            CREATE TABLE event (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                kind TEXT NOT NULL,
                body BYTEA NOT NULL,
                hash BYTEA NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, box_id, epoch, seq)
            );
            CREATE TABLE quarantine (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                reason TEXT NOT NULL,
                noticed_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, box_id, epoch, seq)
            );
            CREATE TABLE fork (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                hash BYTEA NOT NULL,
                body BYTEA NOT NULL,
                noticed_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, box_id, epoch, seq, hash)
            );
            CREATE TABLE venta (
                empresa_id TEXT NOT NULL,
                venta_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                router_id TEXT NOT NULL,
                product_id BIGINT NOT NULL,
                product_name TEXT NOT NULL,
                duration_seconds BIGINT NOT NULL,
                method TEXT NOT NULL,
                outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'refunded')),
                ficha_code TEXT,
                amount_cents BIGINT NOT NULL,
                refunded_cents BIGINT NOT NULL,
                currency TEXT NOT NULL,
                order_id TEXT,
                charge_id TEXT,
                at_ms BIGINT NOT NULL,
                time_is_estimated BIGINT NOT NULL CHECK (time_is_estimated IN (0, 1)),
                local_date TEXT NOT NULL,
                local_hour BIGINT NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, venta_id)
            );
            CREATE INDEX venta_by_day ON venta (empresa_id, local_date);
            CREATE TABLE venta_hourly (
                empresa_id TEXT NOT NULL,
                local_date TEXT NOT NULL,
                local_hour BIGINT NOT NULL,
                site_id TEXT NOT NULL,
                router_id TEXT NOT NULL,
                product_id BIGINT NOT NULL,
                method TEXT NOT NULL,
                currency TEXT NOT NULL,
                sold_count BIGINT NOT NULL,
                sold_cents BIGINT NOT NULL,
                refunded_count BIGINT NOT NULL,
                refunded_cents BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, local_date, local_hour, site_id, router_id, product_id, method, currency)
            );
            """
    )
}
