import Store

extension Migration {
    /// The whole life of a ficha, bought by card, sold for cash or printed as stock; and how far the clock was believed.
    ///
    /// The indexes are over what is alive or to be done, so that the work of a minute does not grow with what was ever sold.
    /// The table has row ids: SQLite tells of no changes to others, and whoever looks after the routers waits for them.
    static let fichas = Migration(
        "0003_fichas",
        sql: """
            CREATE TABLE ficha_with_life (
                code TEXT PRIMARY KEY NOT NULL CHECK (length(code) = 10),
                comment TEXT NOT NULL CHECK (length(comment) BETWEEN 1 AND 64),
                router_id TEXT NOT NULL,
                product_id INTEGER NOT NULL,
                product_name TEXT NOT NULL,
                price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
                currency TEXT NOT NULL,
                mikrotik_profile TEXT NOT NULL,
                clock TEXT NOT NULL CHECK (clock IN ('corrido', 'pausado')),
                duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
                extra_ms INTEGER NOT NULL DEFAULT 0 CHECK (extra_ms >= 0),
                data_limit_bytes INTEGER CHECK (data_limit_bytes > 0),
                purchase_id TEXT REFERENCES purchase (id),
                batch_id TEXT,
                sell_by_ms INTEGER,
                state TEXT NOT NULL CHECK (state IN (
                    'reserved', 'minted', 'sold', 'active', 'expired', 'voided', 'refunded')),
                router_state TEXT NOT NULL CHECK (router_state IN ('none', 'to_put', 'present', 'to_remove')),
                buyer_mac_address TEXT,
                mac_address TEXT,
                moves INTEGER NOT NULL DEFAULT 0 CHECK (moves >= 0),
                minted_at_ms INTEGER NOT NULL,
                sold_at_ms INTEGER,
                first_used_at_ms INTEGER,
                expires_at_ms INTEGER,
                is_time_synced INTEGER CHECK (is_time_synced IN (0, 1)),
                used_ms INTEGER NOT NULL DEFAULT 0 CHECK (used_ms >= 0),
                used_bytes INTEGER NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
                seen_ended_ms INTEGER NOT NULL DEFAULT 0 CHECK (seen_ended_ms >= 0),
                seen_session_ms INTEGER NOT NULL DEFAULT 0 CHECK (seen_session_ms >= 0),
                seen_ended_bytes INTEGER NOT NULL DEFAULT 0 CHECK (seen_ended_bytes >= 0),
                seen_session_bytes INTEGER NOT NULL DEFAULT 0 CHECK (seen_session_bytes >= 0),
                seen_at_ms INTEGER,
                ended_at_ms INTEGER,
                CHECK (state <> 'reserved' OR purchase_id IS NOT NULL),
                CHECK (state <> 'minted' OR purchase_id IS NULL),
                CHECK (purchase_id IS NULL OR (batch_id IS NULL AND sell_by_ms IS NULL AND comment = purchase_id)),
                CHECK (state IN ('expired', 'voided')
                    OR (state IN ('sold', 'active', 'refunded')) = (sold_at_ms IS NOT NULL)),
                CHECK ((state IN ('expired', 'voided', 'refunded')) = (ended_at_ms IS NOT NULL)),
                CHECK (first_used_at_ms IS NULL OR sold_at_ms IS NOT NULL),
                CHECK (state <> 'active' OR first_used_at_ms IS NOT NULL),
                CHECK (state NOT IN ('reserved', 'minted', 'sold') OR first_used_at_ms IS NULL),
                CHECK ((first_used_at_ms IS NULL) = (is_time_synced IS NULL)),
                CHECK ((expires_at_ms IS NOT NULL) = (clock = 'corrido' AND first_used_at_ms IS NOT NULL)),
                CHECK (expires_at_ms IS NULL OR expires_at_ms >= first_used_at_ms + 1000 * duration_seconds),
                CHECK ((state IN ('sold', 'active')) = (router_state IN ('to_put', 'present'))),
                CHECK (router_state <> 'to_remove' OR sold_at_ms IS NOT NULL)
            ) STRICT;

            INSERT INTO ficha_with_life (code, comment, router_id, product_id, product_name, price_cents, currency,
                mikrotik_profile, clock, duration_seconds, purchase_id, state, router_state, buyer_mac_address,
                minted_at_ms, sold_at_ms, ended_at_ms)
            SELECT ficha.code, ficha.purchase_id, ficha.router_id, ficha.product_id,
                ifnull(json_extract(purchase.product, '$.name'), ''), purchase.amount_cents, purchase.currency,
                ficha.mikrotik_profile, ficha.clock, ficha.duration_seconds, ficha.purchase_id,
                CASE ficha.state WHEN 'void' THEN 'voided' ELSE ficha.state END,
                CASE ficha.state WHEN 'sold' THEN 'present' ELSE 'none' END,
                purchase.mac_address, ficha.minted_at_ms, ficha.sold_at_ms,
                CASE ficha.state WHEN 'void' THEN ifnull(purchase.ended_at_ms, ficha.minted_at_ms) END
            FROM ficha JOIN purchase ON purchase.id = ficha.purchase_id;

            DROP TABLE ficha;
            ALTER TABLE ficha_with_life RENAME TO ficha;

            CREATE UNIQUE INDEX ficha_of_purchase ON ficha (purchase_id)
                WHERE purchase_id IS NOT NULL AND state <> 'voided';
            CREATE INDEX ficha_of_batch ON ficha (batch_id) WHERE batch_id IS NOT NULL;
            CREATE INDEX ficha_sell_by ON ficha (sell_by_ms) WHERE state = 'minted' AND sell_by_ms IS NOT NULL;
            CREATE INDEX ficha_expiring ON ficha (expires_at_ms) WHERE state = 'active' AND expires_at_ms IS NOT NULL;
            CREATE INDEX ficha_live ON ficha (router_id) WHERE state IN ('sold', 'active');
            CREATE INDEX ficha_in_use ON ficha (router_id, mac_address) WHERE state = 'active';
            CREATE INDEX ficha_to_tell_router ON ficha (router_id) WHERE router_state IN ('to_put', 'to_remove');
            CREATE INDEX ficha_of_device ON ficha (mac_address)
                WHERE mac_address IS NOT NULL AND state IN ('sold', 'active');
            CREATE INDEX ficha_of_buyer ON ficha (buyer_mac_address)
                WHERE buyer_mac_address IS NOT NULL AND state IN ('sold', 'active');
            CREATE INDEX ficha_of_unsynced_time ON ficha (code) WHERE is_time_synced = 0 AND state = 'active';

            CREATE TABLE clock_mark (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                boot_id TEXT NOT NULL,
                uptime_ms INTEGER NOT NULL,
                time_ms INTEGER NOT NULL,
                is_synced INTEGER NOT NULL CHECK (is_synced IN (0, 1))
            ) STRICT;
            """
    )
}
