extension ExportTable {
    /// What resellers were handed, brought back and settled.
    static let ofResellers = [resellers, entregas, devoluciones, resellerCortes, resellerCorteLines]

    private static let empresaID = Column("empresa_id", .text, "La empresa a la que pertenece.")

    /// What every table of events says about where a row comes from.
    private static let origin = [
        Column("site_id", .text, "El sitio."),
        Column("box_id", .text, "La caja que lo registró."),
        Column("epoch", .integer, "Época de la caja."),
        Column("seq", .integer, "Número del evento en su época."),
    ]

    private static func times(_ name: String, _ comment: String) -> [Column] {
        [
            Column(name, .time, from: "at_ms", comment),
            Column("time_is_estimated", .boolean, "El reloj de la caja estaba mal: es la hora en que llegó."),
            Column("local_date", .text, type: "date", "Día en el sitio."),
            Column("received_at", .time, from: "received_at_ms", "Cuándo llegó al centro."),
        ]
    }

    private static let resellers = ExportTable(
        name: "resellers",
        comment: "Revendedores: se llevan fichas impresas, las venden y pagan lo vendido menos su comisión.",
        source: "reseller",
        key: ["empresa_id", "reseller_id"],
        references: ["FOREIGN KEY (empresa_id) REFERENCES fichas.empresas (empresa_id)"],
        columns: [
            empresaID,
            Column("reseller_id", .text, "El revendedor."),
            Column("name", .text, "Nombre."),
            Column(
                "commission_bp",
                .integer,
                "Su comisión de hoy, en centésimas de por ciento; cada entrega guarda la suya."
            ),
            Column("is_active", .boolean, "Se le entregan fichas."),
            Column("created_at", .time, from: "created_at_ms", "Cuándo se dio de alta."),
        ]
    )

    private static let entregas = ExportTable(
        name: "entregas",
        comment:
            "Fichas impresas que se entregaron a un revendedor, en consignación. No cambian; lo vendido está en ventas.",
        source: "entrega",
        key: ["empresa_id", "entrega_id"],
        columns: [empresaID, Column("entrega_id", .text, "La entrega.")] + origin + [
            Column("reseller_id", .text, "El revendedor."),
            Column("reseller_name", .text, "Su nombre ese día."),
            Column("cashier_id", .text, "El cajero que entregó."),
            Column("router_id", .text, "El router en el que sirven."),
            Column("batch_id", .text, "El lote en el que se imprimieron."),
            Column("product_id", .integer, "El producto."),
            Column("product_name", .text, "Su nombre ese día."),
            Column("duration_seconds", .integer, "Tiempo de cada una, en segundos."),
            Column("price_cents", .integer, "Precio de cada una, en centavos."),
            Column("currency", .text, "Moneda (ISO 4217)."),
            Column("commission_bp", .integer, "Comisión de ese día, en centésimas de por ciento."),
            Column(
                "commission_cents",
                .integer,
                "Comisión de cada una, en centavos; lo que sobra de un centavo es de la empresa."
            ),
            Column("ficha_count", .integer, "Cuántas."),
            Column("first_number", .integer, "El menor de sus números en el lote."),
            Column("last_number", .integer, "El mayor; puede haber huecos de las que se vendieron en el mostrador."),
        ] + times("delivered_at", "Cuándo se entregaron."),
        since: "received_at_ms",
        sums: ["ficha_count"]
    )

    private static let devoluciones = ExportTable(
        name: "devoluciones",
        comment: "Fichas sin usar que un revendedor devolvió; ya no sirven. No cambian.",
        source: "devolucion",
        key: ["empresa_id", "devolucion_id"],
        columns: [empresaID, Column("devolucion_id", .text, "La devolución.")] + origin + [
            Column("entrega_id", .text, "La entrega con la que se las llevó."),
            Column("reseller_id", .text, "El revendedor."),
            Column("cashier_id", .text, "El cajero que las recibió."),
            Column("ficha_count", .integer, "Cuántas."),
        ] + times("returned_at", "Cuándo regresaron."),
        since: "received_at_ms",
        sums: ["ficha_count"]
    )

    private static let resellerCortes = ExportTable(
        name: "reseller_cortes",
        comment: "Cortes de revendedores: lo que debían, lo que pagaron (abono) y lo que queda. No cambian.",
        source: "reseller_corte",
        key: ["empresa_id", "corte_id"],
        columns: [empresaID, Column("corte_id", .text, "El corte.")] + origin + [
            Column("reseller_id", .text, "El revendedor."),
            Column("reseller_name", .text, "Su nombre ese día."),
            Column("currency", .text, "Moneda (ISO 4217)."),
            Column("number", .integer, "Número del corte en esa caja y moneda, desde 1 y sin huecos."),
            Column("cashier_id", .text, "El cajero que contó y cobró."),
            Column("till_id", .text, mayBeNull: true, "La caja a la que entró el abono, si lo hubo."),
            Column("previous_balance_cents", .integer, "Lo que debía antes en ese sitio; negativo, a su favor."),
            Column("owed_cents", .integer, "Lo vendido desde el corte anterior menos su comisión, en centavos."),
            Column("abono_cents", .integer, "Lo que pagó, en centavos."),
            Column("balance_cents", .integer, "Lo que queda debiendo en ese sitio; negativo, a su favor."),
        ] + times("settled_at", "Cuándo se hizo."),
        since: "received_at_ms",
        sums: ["owed_cents", "abono_cents"]
    )

    private static let resellerCorteLines = ExportTable(
        name: "reseller_corte_lines",
        comment: "Cada producto de un corte de revendedor, por precio y comisión, desde el principio. No cambian.",
        source: "reseller_corte_line",
        key: ["empresa_id", "corte_id", "line_number"],
        columns: [
            empresaID,
            Column("corte_id", .text, "El corte."),
            Column("line_number", .integer, "Lugar en el corte."),
            Column("product_id", .integer, "El producto."),
            Column("product_name", .text, "Su nombre ese día."),
            Column("price_cents", .integer, "Precio de cada una, en centavos."),
            Column("commission_bp", .integer, "Comisión, en centésimas de por ciento."),
            Column("commission_cents", .integer, "Comisión de cada una, en centavos."),
            Column("delivered_count", .integer, "Entregadas."),
            Column("returned_count", .integer, "Devueltas."),
            Column("used_count", .integer, "Usadas, según la caja."),
            Column("in_hand_count", .integer, "Las que todavía tenía, contadas."),
            Column("sold_count", .integer, "Vendidas: entregadas - devueltas - contadas."),
            Column("new_sold_count", .integer, "De ellas, las que no estaban en cortes anteriores."),
            Column("owed_cents", .integer, "Lo que debe por esas, en centavos."),
            Column("received_at", .time, from: "received_at_ms", "Cuándo llegó al centro."),
        ],
        since: "received_at_ms",
        sums: ["owed_cents"]
    )
}
