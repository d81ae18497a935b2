extension CentralMigration {
    /// What the dashboard is read from: sums kept with the ventas, and how each box stands in a few narrow columns.
    ///
    /// The sums of ventas that were here before come from `central-sync recompute --repair`.
    static let reports = CentralMigration(
        "0006_reports",
        sql: """
            ALTER TABLE venta ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
            UPDATE venta SET time_zone = COALESCE((
                SELECT site.time_zone FROM site
                WHERE site.empresa_id = venta.empresa_id AND site.site_id = venta.site_id
            ), 'UTC');
            DROP TABLE venta_hourly;
            CREATE TABLE venta_sum (
                empresa_id TEXT NOT NULL,
                facet TEXT NOT NULL CHECK (facet IN ('total', 'hour', 'router', 'product')),
                period TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                item TEXT NOT NULL,
                method TEXT NOT NULL,
                currency TEXT NOT NULL,
                sold_count BIGINT NOT NULL,
                sold_cents BIGINT NOT NULL,
                refunded_count BIGINT NOT NULL,
                refunded_cents BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, facet, period, time_zone, item, method, currency)
            );
            CREATE TABLE box_status (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                last_seen_at_ms BIGINT NOT NULL,
                complete_until_ms BIGINT NOT NULL,
                unsynced_events BIGINT NOT NULL,
                purchases_in_doubt BIGINT NOT NULL,
                purchases_for_attention BIGINT NOT NULL,
                routers_away BIGINT NOT NULL,
                is_refusing BIGINT NOT NULL CHECK (is_refusing IN (0, 1)),
                awaits_resend BIGINT NOT NULL DEFAULT 0 CHECK (awaits_resend IN (0, 1)),
                PRIMARY KEY (empresa_id, box_id)
            );
            CREATE INDEX box_status_of_site ON box_status (empresa_id, site_id);
            INSERT INTO box_status SELECT empresa_id, box_id, site_id, last_seen_at_ms, enrolled_at_ms, 0, 0, 0, 0, 0, 0
                FROM box;
            CREATE INDEX box_that_is_blocked ON box (empresa_id, box_id) WHERE is_blocked = 1;
            CREATE INDEX box_that_is_forked ON box (empresa_id, box_id) WHERE is_forked = 1;
            """
    )
}
