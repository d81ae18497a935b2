import Shared

/// Reads who a session belongs to.
enum PrincipalQuery {
    private static let sql = """
        SELECT usuario.usuario_id, usuario.email, usuario.role, usuario.empresa_id, usuario.must_change_password
        FROM session
        JOIN usuario ON usuario.usuario_id = session.usuario_id
        LEFT JOIN empresa ON empresa.empresa_id = usuario.empresa_id
        WHERE session.session_id = $1 AND session.usuario_id = $2
            AND session.revoked_at_ms IS NULL AND session.expires_at_ms > $3
            AND usuario.is_disabled = 0 AND COALESCE(empresa.is_disabled, 0) = 0
        """

    /// Nil when the session has ended, or its owner or their empresa is disabled.
    static func find(
        _ claims: SessionClaims,
        now: Timestamp,
        address: String,
        in session: any SQLSession
    ) throws -> Principal? {
        let arguments: [SQLValue] = [
            .text(claims.sessionID), .text(claims.usuarioID), .integer(now.milliseconds),
        ]
        guard let row = try session.first(sql, arguments), let role = Role(rawValue: try row.text("role")) else {
            return nil
        }
        let routers = try session.query(
            "SELECT router_id FROM usuario_router WHERE usuario_id = $1",
            [.text(claims.usuarioID)]
        )
        return Principal(
            usuarioID: try row.text("usuario_id"),
            email: try row.text("email"),
            role: role,
            empresaID: try row.optionalText("empresa_id"),
            routerIDs: Set(try routers.map { try $0.text("router_id") }),
            sessionID: claims.sessionID,
            mustChangePassword: try row.bool("must_change_password"),
            address: address
        )
    }
}
