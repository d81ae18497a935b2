extension ExportTable {
    /// What people analyse: what was sold, and the names of what it was sold with. No secrets, sealed or digested, and
    /// nothing about people.
    static let all = [empresas, sites, routers, products, boxes, ventas, voids, fichas, cortes] + ofResellers

    private static let empresaID = Column("empresa_id", .text, "La empresa a la que pertenece.")

    private static let empresas = ExportTable(
        name: "empresas",
        comment: "Quien vende: un WISP o una cadena de tiendas.",
        source: "empresa",
        key: ["empresa_id"],
        columns: [
            empresaID,
            Column("name", .text, "Nombre."),
            Column("is_disabled", .boolean, "No opera por ahora."),
            Column("created_at", .time, from: "created_at_ms", "Cuándo se dio de alta."),
        ]
    )

    private static let sites = ExportTable(
        name: "sites",
        comment: "Lugares donde hay una caja que vende.",
        source: "site",
        key: ["empresa_id", "site_id"],
        references: ["FOREIGN KEY (empresa_id) REFERENCES fichas.empresas (empresa_id)"],
        columns: [
            empresaID,
            Column("site_id", .text, "El sitio."),
            Column("name", .text, "Nombre."),
            Column("time_zone", .text, "Zona horaria (IANA): de ella es el día de cada venta."),
            Column("created_at", .time, from: "created_at_ms", "Cuándo se dio de alta."),
        ]
    )

    private static let routers = ExportTable(
        name: "routers",
        comment: "Los MikroTik y sus hotspots.",
        source: "router",
        key: ["empresa_id", "router_id"],
        references: ["FOREIGN KEY (empresa_id, site_id) REFERENCES fichas.sites (empresa_id, site_id)"],
        columns: [
            empresaID,
            Column("router_id", .text, "El router."),
            Column("site_id", .text, "El sitio donde está."),
            Column("name", .text, "Nombre."),
            Column("is_active", .boolean, "Se vende en él."),
            Column("created_at", .time, from: "created_at_ms", "Cuándo se dio de alta."),
        ]
    )

    private static let products = ExportTable(
        name: "products",
        comment: "El catálogo de cada empresa, como es ahora; lo que se vendió está en ventas.",
        source: "product",
        key: ["empresa_id", "product_id"],
        references: ["FOREIGN KEY (empresa_id) REFERENCES fichas.empresas (empresa_id)"],
        columns: [
            empresaID,
            Column("product_id", .integer, "El producto."),
            Column("name", .text, "Nombre."),
            Column("price_cents", .integer, "Precio en centavos."),
            Column("currency", .text, "Moneda (ISO 4217)."),
            Column("duration_seconds", .integer, "Cuánto dura, en segundos."),
            Column("clock", .text, "corrido: corre desde el primer uso; pausado: solo en línea."),
            Column("data_limit_bytes", .integer, mayBeNull: true, "Datos que incluye; sin número, sin límite."),
            Column("is_active", .boolean, "Se vende ahora."),
            Column("is_deleted", .boolean, "Ya no está en el catálogo."),
            Column("created_at", .time, from: "created_at_ms", "Cuándo se dio de alta."),
        ]
    )

    private static let boxes = ExportTable(
        name: "boxes",
        comment: "Las cajas y hasta cuándo está aquí lo que vendieron.",
        source: "box_status",
        key: ["empresa_id", "box_id"],
        references: ["FOREIGN KEY (empresa_id, site_id) REFERENCES fichas.sites (empresa_id, site_id)"],
        columns: [
            empresaID,
            Column("box_id", .text, "La caja."),
            Column("site_id", .text, "El sitio donde está."),
            Column("last_seen_at", .time, from: "last_seen_at_ms", "Cuándo se supo de ella por última vez."),
            Column("complete_until", .time, from: "complete_until_ms", "Todo lo vendido hasta entonces está aquí."),
            Column("unsynced_events", .integer, "Lo que dijo que le faltaba enviar."),
        ]
    )

    private static let ventas = ExportTable(
        name: "ventas",
        comment:
            "Cada ficha pagada, una vez. No cambian: un reembolso es el desenlace de su venta; lo que se anuló en el mostrador está en voids.",
        source: "venta",
        key: ["empresa_id", "venta_id"],
        columns: [
            empresaID,
            Column("venta_id", .text, "La venta (la compra, en la caja; o la entrega con el código)."),
            Column("site_id", .text, "El sitio donde se vendió."),
            Column("box_id", .text, "La caja que la registró."),
            Column("epoch", .integer, "Época de la caja."),
            Column("seq", .integer, "Número del evento en su época."),
            Column("router_id", .text, "El router por el que se vendió."),
            Column("product_id", .integer, "El producto."),
            Column("product_name", .text, "Su nombre cuando se vendió."),
            Column("duration_seconds", .integer, "Tiempo vendido, en segundos."),
            Column(
                "method",
                .text,
                "card: tarjeta; cash: efectivo; reseller: la vendió un revendedor, que se sabe cuando se usa."
            ),
            Column("outcome", .text, "delivered: entregada; refunded: se devolvió el dinero."),
            Column("ficha_code", .text, mayBeNull: true, "El código de la ficha, si llegó a haberlo."),
            Column("amount_cents", .integer, "Lo que se cobró, en centavos."),
            Column("refunded_cents", .integer, "Lo que se devolvió, en centavos."),
            Column("currency", .text, "Moneda (ISO 4217)."),
            Column("order_id", .text, mayBeNull: true, "La orden en Conekta."),
            Column("charge_id", .text, mayBeNull: true, "El cargo en Conekta."),
            Column("till_id", .text, mayBeNull: true, "La caja del cajero, si fue en efectivo."),
            Column("folio", .integer, mayBeNull: true, "Folio de su caja, desde 1 y sin huecos."),
            Column("cashier_id", .text, mayBeNull: true, "El cajero que cobró."),
            Column("reseller_id", .text, mayBeNull: true, "El revendedor que la vendió."),
            Column("entrega_id", .text, mayBeNull: true, "La entrega con la que se la llevó."),
            Column("commission_cents", .integer, mayBeNull: true, "La comisión del revendedor, en centavos."),
            Column("sold_at", .time, from: "at_ms", "Cuándo se vendió."),
            Column("time_is_estimated", .boolean, "El reloj de la caja estaba mal: es la hora en que llegó."),
            Column("time_zone", .text, "Zona horaria del sitio."),
            Column("local_date", .text, type: "date", "Día de la venta en el sitio."),
            Column("local_hour", .integer, "Hora de la venta en el sitio, de 0 a 23."),
            Column("received_at", .time, from: "received_at_ms", "Cuándo llegó al centro."),
        ],
        since: "received_at_ms",
        sums: ["amount_cents", "refunded_cents"]
    )

    private static let voids = ExportTable(
        name: "voids",
        comment: "Ventas en efectivo que se anularon en el mostrador, con su dinero. No cambian.",
        source: "venta_void",
        key: ["empresa_id", "venta_id"],
        columns: [
            empresaID,
            Column("venta_id", .text, "La venta."),
            Column("site_id", .text, "El sitio donde se vendió."),
            Column("box_id", .text, "La caja que lo registró."),
            Column("epoch", .integer, "Época de la caja."),
            Column("seq", .integer, "Número del evento en su época."),
            Column("cashier_id", .text, "El cajero que devolvió el dinero."),
            Column("reason", .text, "Por qué, en sus palabras."),
            Column("amount_cents", .integer, "Lo que se devolvió, en centavos."),
            Column("currency", .text, "Moneda (ISO 4217)."),
            Column("voided_at", .time, from: "at_ms", "Cuándo se anuló."),
            Column("time_is_estimated", .boolean, "El reloj de la caja estaba mal: es la hora en que llegó."),
            Column("local_date", .text, type: "date", "Día de la anulación en el sitio."),
            Column("received_at", .time, from: "received_at_ms", "Cuándo llegó al centro."),
        ],
        since: "received_at_ms",
        sums: ["amount_cents"]
    )

    private static let fichas = ExportTable(
        name: "fichas",
        comment: "Cómo va cada ficha, según lo último que dijo su caja.",
        source: "ficha",
        key: ["empresa_id", "site_id", "code"],
        columns: [
            empresaID,
            Column("site_id", .text, "El sitio de la ficha; sus códigos no se repiten ahí."),
            Column("code", .text, "El código."),
            Column("box_id", .text, "La caja que lo dijo."),
            Column("router_id", .text, "El router en el que sirve."),
            Column("product_id", .integer, "El producto."),
            Column("product_name", .text, "Su nombre cuando se vendió o se imprimió."),
            Column("duration_seconds", .integer, "Todo su tiempo, en segundos, con el que se le haya agregado."),
            Column("batch_id", .text, mayBeNull: true, "El lote en el que se imprimió."),
            Column(
                "state",
                .text,
                "minted: impresa sin vender; sold; active: en uso; expired; voided: anulada; refunded."
            ),
            Column("clock_quality", .text, "Qué tanto se le cree al reloj de la caja: unsynced, restored, synced."),
            Column("moves", .integer, "Cuántas veces pasó a otro dispositivo."),
            Column("minted_at", .time, from: "minted_at_ms", mayBeNull: true, "Cuándo se imprimió."),
            Column("sold_at", .time, from: "sold_at_ms", mayBeNull: true, "Cuándo se vendió."),
            Column("first_used_at", .time, from: "first_used_at_ms", mayBeNull: true, "Cuándo empezó a correr."),
            Column(
                "expires_at",
                .time,
                from: "expires_at_ms",
                mayBeNull: true,
                "Cuándo se acaba, si es de tiempo corrido."
            ),
            Column("ended_at", .time, from: "ended_at_ms", mayBeNull: true, "Cuándo terminó."),
            Column("received_at", .time, from: "received_at_ms", "Cuándo se supo en el centro."),
        ]
    )
}
