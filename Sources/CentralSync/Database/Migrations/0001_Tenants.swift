extension CentralMigration {
    /// Who sells where: empresas, their sites and routers, the keys of the routers, and what is sold.
    ///
    /// `empresa_id` comes first in every key, so that the tables can be spread by tenant (`reliability.md` §4.3).
    static let tenants = CentralMigration(
        "0001_tenants",
        sql: """
            CREATE TABLE empresa (
                empresa_id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                support_contact TEXT,
                conekta_public_key TEXT,
                conekta_private_sealed BYTEA,
                sends_shipping_contact BIGINT NOT NULL CHECK (sends_shipping_contact IN (0, 1)),
                is_disabled BIGINT NOT NULL CHECK (is_disabled IN (0, 1)),
                version BIGINT NOT NULL CHECK (version >= 1),
                created_at_ms BIGINT NOT NULL,
                updated_at_ms BIGINT NOT NULL,
                CHECK ((conekta_public_key IS NULL) = (conekta_private_sealed IS NULL))
            );
            CREATE TABLE site (
                empresa_id TEXT NOT NULL REFERENCES empresa (empresa_id),
                site_id TEXT NOT NULL,
                name TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                snapshot_version BIGINT NOT NULL CHECK (snapshot_version >= 1),
                created_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, site_id)
            );
            CREATE TABLE router (
                empresa_id TEXT NOT NULL,
                router_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                name TEXT NOT NULL,
                api_host TEXT NOT NULL,
                api_port BIGINT NOT NULL CHECK (api_port BETWEEN 1 AND 65535),
                api_username TEXT NOT NULL,
                api_password_sealed BYTEA NOT NULL,
                certificate_sha256 BYTEA,
                hotspot_server TEXT,
                is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
                version BIGINT NOT NULL CHECK (version >= 1),
                created_at_ms BIGINT NOT NULL,
                updated_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, router_id),
                FOREIGN KEY (empresa_id, site_id) REFERENCES site (empresa_id, site_id)
            );
            CREATE INDEX router_of_site ON router (empresa_id, site_id);
            CREATE TABLE api_key (
                empresa_id TEXT NOT NULL,
                key_id TEXT NOT NULL,
                router_id TEXT NOT NULL,
                sha256 BYTEA NOT NULL,
                issued_at_ms BIGINT NOT NULL,
                expires_at_ms BIGINT NOT NULL,
                revoked_at_ms BIGINT,
                PRIMARY KEY (empresa_id, key_id),
                FOREIGN KEY (empresa_id, router_id) REFERENCES router (empresa_id, router_id)
            );
            CREATE INDEX api_key_of_router ON api_key (empresa_id, router_id);
            CREATE TABLE product (
                empresa_id TEXT NOT NULL REFERENCES empresa (empresa_id),
                product_id BIGINT NOT NULL,
                name TEXT NOT NULL,
                price_cents BIGINT NOT NULL CHECK (price_cents > 0),
                currency TEXT NOT NULL,
                duration_seconds BIGINT NOT NULL CHECK (duration_seconds > 0),
                clock TEXT NOT NULL CHECK (clock IN ('corrido', 'pausado')),
                mikrotik_profile TEXT NOT NULL,
                position BIGINT NOT NULL,
                is_featured BIGINT NOT NULL CHECK (is_featured IN (0, 1)),
                is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
                details TEXT,
                is_deleted BIGINT NOT NULL CHECK (is_deleted IN (0, 1)),
                version BIGINT NOT NULL CHECK (version >= 1),
                created_at_ms BIGINT NOT NULL,
                updated_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, product_id)
            );
            CREATE TABLE product_router (
                empresa_id TEXT NOT NULL,
                product_id BIGINT NOT NULL,
                router_id TEXT NOT NULL,
                PRIMARY KEY (empresa_id, product_id, router_id),
                FOREIGN KEY (empresa_id, product_id) REFERENCES product (empresa_id, product_id),
                FOREIGN KEY (empresa_id, router_id) REFERENCES router (empresa_id, router_id)
            );
            CREATE TABLE counter (
                name TEXT PRIMARY KEY,
                value BIGINT NOT NULL
            );
            """
    )
}
