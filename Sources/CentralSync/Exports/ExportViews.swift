/// Views that people's tools show first: names instead of ids, pesos instead of centavos.
enum ExportViews {
    static let statements = [
        """
        CREATE OR REPLACE VIEW fichas.venta_details AS
        SELECT ventas.sold_at AS "time", ventas.local_date, ventas.local_hour, empresas.name AS empresa, sites.name AS site,
            routers.name AS router, ventas.product_name AS product, ventas.method,
            CASE WHEN voids.venta_id IS NULL THEN ventas.outcome ELSE 'refunded' END AS outcome,
            (ventas.amount_cents / 100.0)::numeric(14, 2) AS amount,
            (CASE WHEN voids.venta_id IS NULL THEN ventas.refunded_cents ELSE ventas.amount_cents END / 100.0)::numeric(14, 2)
                AS refunded, ventas.currency, ventas.ficha_code,
            ventas.empresa_id, ventas.site_id, ventas.router_id, ventas.product_id, ventas.venta_id
        FROM fichas.ventas
        LEFT JOIN fichas.voids ON voids.empresa_id = ventas.empresa_id AND voids.venta_id = ventas.venta_id
        LEFT JOIN fichas.empresas ON empresas.empresa_id = ventas.empresa_id
        LEFT JOIN fichas.sites ON sites.empresa_id = ventas.empresa_id AND sites.site_id = ventas.site_id
        LEFT JOIN fichas.routers ON routers.empresa_id = ventas.empresa_id AND routers.router_id = ventas.router_id
        """,
        """
        COMMENT ON VIEW fichas.venta_details IS
            'Ventas con nombres y pesos. time es la hora exacta (para Grafana); local_date y local_hour, las del sitio. Lo anulado cuenta como devuelto.'
        """,
        """
        CREATE OR REPLACE VIEW fichas.ventas_by_day AS
        SELECT local_date, empresa, site, router, product, method, currency,
            count(*) FILTER (WHERE outcome = 'delivered') AS sold_count,
            COALESCE(sum(amount) FILTER (WHERE outcome = 'delivered'), 0) AS sold_amount,
            count(*) FILTER (WHERE outcome = 'refunded') AS refunded_count,
            COALESCE(sum(refunded) FILTER (WHERE outcome = 'refunded'), 0) AS refunded_amount
        FROM fichas.venta_details
        GROUP BY local_date, empresa, site, router, product, method, currency
        """,
        """
        COMMENT ON VIEW fichas.ventas_by_day IS
            'Vendido y devuelto por día del sitio, en pesos. Lo devuelto no está en lo vendido.'
        """,
    ]
}
