extension CentralMigration {
    /// People, their sessions, and the log of what they changed. People are few and belong to no tenant's shard.
    static let accounts = CentralMigration(
        "0002_accounts",
        sql: """
            CREATE TABLE usuario (
                usuario_id TEXT PRIMARY KEY,
                email TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                role TEXT NOT NULL CHECK (role IN ('super_admin', 'cliente_admin', 'cajero', 'tecnico')),
                empresa_id TEXT REFERENCES empresa (empresa_id),
                password_hash TEXT NOT NULL,
                must_change_password BIGINT NOT NULL CHECK (must_change_password IN (0, 1)),
                password_expires_at_ms BIGINT,
                totp_sealed BYTEA,
                totp_is_on BIGINT NOT NULL CHECK (totp_is_on IN (0, 1)),
                totp_last_step BIGINT NOT NULL,
                is_disabled BIGINT NOT NULL CHECK (is_disabled IN (0, 1)),
                version BIGINT NOT NULL CHECK (version >= 1),
                created_at_ms BIGINT NOT NULL,
                updated_at_ms BIGINT NOT NULL,
                CHECK (role <> 'super_admin' OR empresa_id IS NULL),
                CHECK (role IN ('super_admin', 'tecnico') OR empresa_id IS NOT NULL)
            );
            CREATE INDEX usuario_of_empresa ON usuario (empresa_id, email);
            CREATE TABLE usuario_router (
                usuario_id TEXT NOT NULL REFERENCES usuario (usuario_id),
                router_id TEXT NOT NULL,
                PRIMARY KEY (usuario_id, router_id)
            );
            CREATE TABLE recovery_code (
                usuario_id TEXT NOT NULL REFERENCES usuario (usuario_id),
                sha256 BYTEA NOT NULL,
                PRIMARY KEY (usuario_id, sha256)
            );
            CREATE TABLE session (
                session_id TEXT PRIMARY KEY,
                usuario_id TEXT NOT NULL REFERENCES usuario (usuario_id),
                created_at_ms BIGINT NOT NULL,
                used_at_ms BIGINT NOT NULL,
                expires_at_ms BIGINT NOT NULL,
                revoked_at_ms BIGINT
            );
            CREATE INDEX session_of_usuario ON session (usuario_id);
            CREATE TABLE refresh_token (
                sha256 BYTEA PRIMARY KEY,
                session_id TEXT NOT NULL REFERENCES session (session_id),
                issued_at_ms BIGINT NOT NULL,
                spent_at_ms BIGINT
            );
            CREATE INDEX refresh_token_of_session ON refresh_token (session_id);
            CREATE TABLE audit (
                seq BIGINT PRIMARY KEY,
                at_ms BIGINT NOT NULL,
                actor_id TEXT NOT NULL,
                actor_email TEXT NOT NULL,
                address TEXT NOT NULL,
                action TEXT NOT NULL,
                empresa_id TEXT,
                subject TEXT NOT NULL,
                before_json TEXT,
                after_json TEXT,
                previous_hash BYTEA NOT NULL,
                hash BYTEA NOT NULL
            );
            CREATE INDEX audit_of_empresa ON audit (empresa_id, seq);
            CREATE INDEX audit_of_actor ON audit (actor_id, seq);
            """
    )
}
