import Shared

/// People in the database, within one transaction.
struct UsuarioStore {
    private static let columns = """
        usuario_id, email, name, role, empresa_id, must_change_password, password_expires_at_ms, totp_is_on, is_disabled,
        CASE WHEN pin_hash IS NULL THEN 0 ELSE 1 END AS has_pin, version, created_at_ms, updated_at_ms
        """

    let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(_ id: String) throws -> Usuario? {
        let sql = "SELECT \(Self.columns) FROM usuario WHERE usuario_id = $1"
        return try session.first(sql, [.text(id)]).map(usuario)
    }

    /// By e-mail, from after the cursor on.
    func list(_ filter: UsuarioFilter, page: PageRequest) throws -> [Usuario] {
        let rows = try session.query(
            """
            SELECT \(Self.columns) FROM usuario
            WHERE email > $1 AND ($2 = '' OR empresa_id = $2) AND ($3 = '' OR role = $3)
            ORDER BY email LIMIT $4
            """,
            [
                .text(try page.after?.text(0) ?? ""), .text(filter.empresaID ?? ""),
                .text(filter.role?.rawValue ?? ""), page.fetchLimit,
            ]
        )
        return try rows.map(usuario)
    }

    func activeSuperAdminCount() throws -> Int64 {
        let sql = "SELECT COUNT(*) AS number FROM usuario WHERE role = 'super_admin' AND is_disabled = 0"
        return try session.first(sql)?.integer("number") ?? 0
    }

    /// True when every one of them is a router of that empresa.
    func isEmpresa(_ id: String) throws -> Bool {
        try session.first("SELECT empresa_id FROM empresa WHERE empresa_id = $1", [.text(id)]) != nil
    }

    /// - Throws: `CentralDatabaseError.duplicate` when the e-mail is taken.
    func insert(_ usuario: Usuario, passwordHash: PasswordHash) throws {
        try session.execute(
            """
            INSERT INTO usuario (usuario_id, email, name, role, empresa_id, password_hash, must_change_password,
                password_expires_at_ms, totp_is_on, totp_last_step, is_disabled, version, created_at_ms, updated_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10, $11, $11)
            """,
            [
                .text(usuario.id), .text(usuario.email), .text(usuario.name), .text(usuario.role.rawValue),
                SQLValue(usuario.empresaID), .text(passwordHash.text), SQLValue(usuario.mustChangePassword),
                SQLValue(usuario.passwordExpiresAt?.milliseconds), SQLValue(usuario.isDisabled),
                .integer(usuario.version), .integer(usuario.createdAt.milliseconds),
            ]
        )
        try insertRouters(of: usuario)
    }

    /// Writes what an administrator changes; the version is the caller's to raise.
    ///
    /// - Throws: `CentralDatabaseError.duplicate` when the e-mail is taken.
    func update(_ usuario: Usuario) throws {
        try session.execute(
            """
            UPDATE usuario SET email = $1, name = $2, role = $3, empresa_id = $4, is_disabled = $5, version = $6,
                updated_at_ms = $7, pin_hash = CASE WHEN $3 = 'cajero' THEN pin_hash END
            WHERE usuario_id = $8
            """,
            [
                .text(usuario.email), .text(usuario.name), .text(usuario.role.rawValue), SQLValue(usuario.empresaID),
                SQLValue(usuario.isDisabled), .integer(usuario.version), .integer(usuario.updatedAt.milliseconds),
                .text(usuario.id),
            ]
        )
        try session.execute("DELETE FROM usuario_router WHERE usuario_id = $1", [.text(usuario.id)])
        try insertRouters(of: usuario)
    }

    private func insertRouters(of usuario: Usuario) throws {
        for routerID in usuario.routerIDs {
            try session.execute(
                "INSERT INTO usuario_router (usuario_id, router_id) VALUES ($1, $2)",
                [.text(usuario.id), .text(routerID)]
            )
        }
    }

    private func usuario(_ row: SQLRow) throws -> Usuario {
        let id = try row.text("usuario_id")
        let routers = try session.query(
            "SELECT router_id FROM usuario_router WHERE usuario_id = $1 ORDER BY router_id",
            [.text(id)]
        )
        return Usuario(
            id: id,
            email: try row.text("email"),
            name: try row.text("name"),
            // The table holds no other; one of a later version reaches the least.
            role: Role(rawValue: try row.text("role")) ?? .cajero,
            empresaID: try row.optionalText("empresa_id"),
            routerIDs: try routers.map { try $0.text("router_id") },
            mustChangePassword: try row.bool("must_change_password"),
            passwordExpiresAt: try row.optionalInteger("password_expires_at_ms").map(Timestamp.init(milliseconds:)),
            hasSecondFactor: try row.bool("totp_is_on"),
            hasPIN: try row.bool("has_pin"),
            isDisabled: try row.bool("is_disabled"),
            version: try row.integer("version"),
            createdAt: Timestamp(milliseconds: try row.integer("created_at_ms")),
            updatedAt: Timestamp(milliseconds: try row.integer("updated_at_ms"))
        )
    }
}
