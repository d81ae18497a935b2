import Store

extension Migration {
    /// The purchase, the ficha it mints, the venta it becomes and the outbox that takes it up.
    ///
    /// Times are milliseconds since the Unix epoch, money is centavos. The checks make states impossible that the
    /// purchase must never be in, whoever writes them.
    static let purchases = Migration(
        "0001_purchases",
        sql: """
            CREATE TABLE box (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                box_id TEXT NOT NULL,
                epoch INTEGER NOT NULL CHECK (epoch >= 1),
                last_seq INTEGER NOT NULL CHECK (last_seq >= 0),
                last_hash BLOB NOT NULL CHECK (length(last_hash) = 32)
            ) STRICT;

            CREATE TABLE purchase (
                id TEXT PRIMARY KEY NOT NULL,
                idempotency_key TEXT UNIQUE,
                request_digest TEXT NOT NULL CHECK (length(request_digest) = 64),
                router_id TEXT NOT NULL,
                product TEXT NOT NULL CHECK (json_valid(product)),
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                currency TEXT NOT NULL,
                customer_name TEXT NOT NULL,
                customer_email TEXT NOT NULL,
                mac_address TEXT,
                state TEXT NOT NULL CHECK (state IN (
                    'created', 'order_created', 'charging', 'in_doubt', 'paid', 'provisioned', 'delivered',
                    'declined', 'abandoned', 'refunding', 'refunded', 'needs_attention')),
                is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
                order_id TEXT UNIQUE,
                charge_sent_at_ms INTEGER,
                charge_id TEXT UNIQUE,
                charged_cents INTEGER,
                redirect_url TEXT,
                refusal TEXT,
                paid_at_ms INTEGER,
                ficha_code TEXT UNIQUE,
                user_may_exist INTEGER NOT NULL CHECK (user_may_exist IN (0, 1)),
                provision_sent_at_ms INTEGER,
                refund_sent_at_ms INTEGER,
                refund_accepted_at_ms INTEGER,
                refunded_cents INTEGER,
                attention TEXT,
                created_at_ms INTEGER NOT NULL,
                ended_at_ms INTEGER,
                CHECK (state IN ('created', 'abandoned') OR order_id IS NOT NULL),
                CHECK (state IN ('created', 'order_created', 'abandoned') OR charge_sent_at_ms IS NOT NULL),
                CHECK (state NOT IN ('paid', 'provisioned', 'delivered')
                    OR (paid_at_ms IS NOT NULL AND charge_id IS NOT NULL AND ficha_code IS NOT NULL
                        AND charged_cents = amount_cents)),
                CHECK (state <> 'abandoned' OR charge_sent_at_ms IS NULL),
                CHECK (state <> 'refunded' OR refunded_cents = charged_cents),
                CHECK (state NOT IN ('declined', 'abandoned') OR refusal IS NOT NULL),
                CHECK (state <> 'needs_attention' OR attention IS NOT NULL),
                CHECK ((state IN ('delivered', 'declined', 'abandoned', 'refunded')) = (ended_at_ms IS NOT NULL))
            ) STRICT;
            CREATE INDEX purchase_open ON purchase (created_at_ms) WHERE is_open = 1;
            CREATE INDEX purchase_of_device ON purchase (mac_address, created_at_ms) WHERE mac_address IS NOT NULL;

            CREATE TABLE purchase_alias (
                idempotency_key TEXT PRIMARY KEY NOT NULL,
                request_digest TEXT NOT NULL CHECK (length(request_digest) = 64),
                purchase_id TEXT NOT NULL REFERENCES purchase (id)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE purchase_step (
                purchase_id TEXT NOT NULL REFERENCES purchase (id),
                ordinal INTEGER NOT NULL,
                state TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                PRIMARY KEY (purchase_id, ordinal)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE ficha (
                code TEXT PRIMARY KEY NOT NULL CHECK (length(code) = 10),
                purchase_id TEXT NOT NULL REFERENCES purchase (id),
                router_id TEXT NOT NULL,
                product_id INTEGER NOT NULL,
                mikrotik_profile TEXT NOT NULL,
                duration_seconds INTEGER NOT NULL CHECK (duration_seconds > 0),
                clock TEXT NOT NULL CHECK (clock IN ('corrido', 'pausado')),
                state TEXT NOT NULL CHECK (state IN ('reserved', 'sold', 'void')),
                minted_at_ms INTEGER NOT NULL,
                sold_at_ms INTEGER,
                CHECK ((state = 'sold') = (sold_at_ms IS NOT NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE UNIQUE INDEX ficha_of_purchase ON ficha (purchase_id) WHERE state <> 'void';

            CREATE TABLE venta (
                id TEXT PRIMARY KEY NOT NULL REFERENCES purchase (id),
                method TEXT NOT NULL CHECK (method = 'card'),
                outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'refunded')),
                router_id TEXT NOT NULL,
                product_id INTEGER NOT NULL,
                ficha_code TEXT,
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                refunded_cents INTEGER NOT NULL CHECK (refunded_cents >= 0),
                currency TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                CHECK ((outcome = 'refunded') = (refunded_cents = amount_cents)),
                CHECK (outcome <> 'delivered' OR (ficha_code IS NOT NULL AND refunded_cents = 0))
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE outbox (
                epoch INTEGER NOT NULL,
                seq INTEGER NOT NULL CHECK (seq >= 1),
                kind TEXT NOT NULL,
                body BLOB NOT NULL,
                hash BLOB NOT NULL CHECK (length(hash) = 32),
                created_at_ms INTEGER NOT NULL,
                PRIMARY KEY (epoch, seq)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
