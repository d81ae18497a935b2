import Shared

/// Reads the cortes of an empresa, within one transaction.
struct CorteReportStore {
    let session: any SQLSession

    /// Newest first, from after the cursor on.
    func list(of empresaID: String, page: PageRequest) throws -> [CorteBody] {
        let rows = try session.query(
            """
            SELECT corte.*, usuario.name AS cashier_name
            FROM corte LEFT JOIN usuario
                ON usuario.usuario_id = corte.cashier_id AND usuario.empresa_id = corte.empresa_id
            WHERE corte.empresa_id = $1 AND (corte.at_ms < $2 OR (corte.at_ms = $2 AND corte.corte_id < $3))
            ORDER BY corte.at_ms DESC, corte.corte_id DESC LIMIT $4
            """,
            [
                .text(empresaID), .integer(try page.after?.integer(0) ?? .max),
                .text(try page.after?.text(1) ?? ""), page.fetchLimit,
            ]
        )
        return try rows.map(CorteBody.init)
    }
}
