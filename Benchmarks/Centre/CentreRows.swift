import Shared

/// Rows of a centre that has been selling for a year: 100 empresas with 10 sites each, of one router and one box.
struct CentreRows: Sendable {
    static let ventas = 5_000_000
    /// Six hours behind UTC, all year.
    private static let timeZone = "America/Mexico_City"
    private static let millisecondsOfYear: Int64 = 365 * 86_400_000

    let store: BenchStore
    /// When the last venta was sold.
    let now: Timestamp

    var tenants: [String] {
        let hundred = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)"
        let thousand = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
        let (empresa, site) = ("'emp_' || CAST(i % 100 AS TEXT)", "'site_' || CAST(i AS TEXT)")
        return [
            """
            INSERT INTO empresa (empresa_id, name, sends_shipping_contact, is_disabled, version, created_at_ms,
                updated_at_ms) \(hundred) SELECT \(empresa), 'WiFi ' || CAST(i AS TEXT), 0, 0, 1, 0, 0 FROM n
            """,
            """
            INSERT INTO site (empresa_id, site_id, name, time_zone, snapshot_version, created_at_ms)
            \(thousand) SELECT \(empresa), \(site), 'Plaza ' || CAST(i AS TEXT), '\(Self.timeZone)', 1, 0 FROM n
            """,
            """
            INSERT INTO router (empresa_id, router_id, site_id, name, api_host, api_port, api_username,
                api_password_sealed, is_active, version, created_at_ms, updated_at_ms)
            \(thousand) SELECT \(empresa), 'rtr_' || CAST(i AS TEXT), \(site), 'Router', 'h', 8728, 'u',
                \(store.bytes("00")), 1, 1, 0, 0 FROM n
            """,
            """
            INSERT INTO box (empresa_id, box_id, site_id, last_epoch, applied_version, is_forked, is_blocked,
                enrolled_at_ms, last_seen_at_ms)
            \(thousand) SELECT \(empresa), 'box_' || CAST(i AS TEXT), \(site), 1, 0, 0, 0, 0, \(now.milliseconds) FROM n
            """,
            """
            INSERT INTO box_status (empresa_id, box_id, site_id, last_seen_at_ms, complete_until_ms, unsynced_events,
                purchases_in_doubt, purchases_for_attention, routers_away, is_refusing)
            SELECT empresa_id, box_id, site_id, \(now.milliseconds), \(now.milliseconds), 0, 0, 0, 0, 0 FROM box
            """,
        ]
    }

    /// Spread evenly over the year, the boxes taking turns.
    var sold: [String] {
        let at = "(\(now.milliseconds) - CAST(i AS BIGINT) * \(Self.millisecondsOfYear) / \(Self.ventas))"
        let local = "(\(at) - 21600000)"
        return [
            """
            INSERT INTO venta (empresa_id, venta_id, site_id, box_id, epoch, seq, router_id, product_id, product_name,
                duration_seconds, method, outcome, ficha_code, amount_cents, refunded_cents, currency, order_id,
                charge_id, at_ms, time_is_estimated, time_zone, local_date, local_hour, received_at_ms)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(Self.ventas - 1))
            SELECT 'emp_' || CAST(i % 100 AS TEXT), 'pur_' || \(store.scattered("i")),
                'site_' || CAST(i % 1000 AS TEXT), 'box_' || CAST(i % 1000 AS TEXT), 1, i / 1000 + 1,
                'rtr_' || CAST(i % 1000 AS TEXT), i / 7 % 6, 'Ficha de 24 horas', 86400,
                CASE WHEN i % 3 = 0 THEN 'cash' ELSE 'card' END,
                CASE WHEN i % 50 = 0 THEN 'refunded' ELSE 'delivered' END, CAST(1000000000 + i AS TEXT),
                1000 + i % 5 * 500, CASE WHEN i % 50 = 0 THEN 1000 + i % 5 * 500 ELSE 0 END, 'MXN',
                'ord_' || CAST(i AS TEXT), 'chg_' || CAST(i AS TEXT), \(at), 0, '\(Self.timeZone)',
                \(store.date(local)), \(local) / 3600000 % 24, \(at) FROM n
            """
        ]
    }
}
