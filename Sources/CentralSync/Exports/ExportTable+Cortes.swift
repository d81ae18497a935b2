extension ExportTable {
    static let cortes = ExportTable(
        name: "cortes",
        comment: "Cortes de caja: lo que el cajero contó, antes de ver lo que debía haber. No cambian.",
        source: "corte",
        key: ["empresa_id", "corte_id"],
        columns: [
            Column("empresa_id", .text, "La empresa a la que pertenece."),
            Column("corte_id", .text, "El corte."),
            Column("site_id", .text, "El sitio."),
            Column("box_id", .text, "La caja que lo registró."),
            Column("epoch", .integer, "Época de la caja."),
            Column("seq", .integer, "Número del evento en su época."),
            Column("till_id", .text, "La caja del cajero."),
            Column("number", .integer, "Número del corte en su caja y moneda, desde 1 y sin huecos."),
            Column("cashier_id", .text, "El cajero que contó y firmó."),
            Column("currency", .text, "Moneda (ISO 4217)."),
            Column("first_folio", .integer, "El primer folio que cubre."),
            Column("last_folio", .integer, "El último; uno menos que el primero si no hubo ventas."),
            Column("sale_count", .integer, "Ventas de esos folios, con las anuladas."),
            Column("sold_cents", .integer, "Lo cobrado, con lo anulado, en centavos."),
            Column("void_count", .integer, "Ventas anuladas."),
            Column("voided_cents", .integer, "Lo que se devolvió, en centavos."),
            Column("abono_count", .integer, "Veces que un revendedor pagó en esa caja."),
            Column("abono_cents", .integer, "Lo que pagaron los revendedores, en centavos."),
            Column(
                "counted_cents",
                .integer,
                "Lo que el cajero contó; debía haber sold_cents - voided_cents + abono_cents."
            ),
            Column("closed_at", .time, from: "at_ms", "Cuándo se hizo."),
            Column("time_is_estimated", .boolean, "El reloj de la caja estaba mal: es la hora en que llegó."),
            Column("local_date", .text, type: "date", "Día del corte en el sitio."),
            Column("received_at", .time, from: "received_at_ms", "Cuándo llegó al centro."),
        ],
        since: "received_at_ms",
        sums: ["counted_cents"]
    )
}
