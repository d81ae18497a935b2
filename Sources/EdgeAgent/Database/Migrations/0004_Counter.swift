import Store

extension Migration {
    /// What is sold for cash at the counter: a till for each cashier, whose folios have no gap, whoever writes them.
    ///
    /// A venta by card is still its purchase's; one for cash has a row in `counter_sale` with the same id.
    static let counter = Migration(
        "0004_counter",
        sql: """
            CREATE TABLE venta_of_any_method (
                id TEXT PRIMARY KEY NOT NULL,
                method TEXT NOT NULL CHECK (method IN ('card', 'cash')),
                outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'refunded')),
                router_id TEXT NOT NULL,
                product_id INTEGER NOT NULL,
                ficha_code TEXT,
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                refunded_cents INTEGER NOT NULL CHECK (refunded_cents >= 0),
                currency TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                purchase_id TEXT GENERATED ALWAYS AS (CASE method WHEN 'card' THEN id END) STORED REFERENCES purchase (id),
                CHECK ((outcome = 'refunded') = (refunded_cents = amount_cents)),
                CHECK (outcome <> 'delivered' OR (ficha_code IS NOT NULL AND refunded_cents = 0)),
                CHECK (method <> 'cash' OR outcome = 'delivered')
            ) STRICT, WITHOUT ROWID;
            INSERT INTO venta_of_any_method (id, method, outcome, router_id, product_id, ficha_code, amount_cents,
                refunded_cents, currency, at_ms)
            SELECT id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents, currency, at_ms
            FROM venta;
            DROP TABLE venta;
            ALTER TABLE venta_of_any_method RENAME TO venta;

            CREATE TABLE till (
                id TEXT PRIMARY KEY NOT NULL,
                number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
                cashier_id TEXT NOT NULL UNIQUE
            ) STRICT;

            CREATE TABLE counter_sale (
                venta_id TEXT PRIMARY KEY NOT NULL REFERENCES venta (id),
                till_id TEXT NOT NULL REFERENCES till (id),
                folio INTEGER NOT NULL CHECK (folio >= 1),
                previous_folio INTEGER GENERATED ALWAYS AS (nullif(folio - 1, 0)) STORED,
                cashier_name TEXT NOT NULL,
                sold_at_ms INTEGER NOT NULL,
                reprints INTEGER NOT NULL DEFAULT 0 CHECK (reprints >= 0),
                voided_at_ms INTEGER,
                void_reason TEXT CHECK (length(void_reason) BETWEEN 1 AND 200),
                CHECK ((voided_at_ms IS NULL) = (void_reason IS NULL)),
                UNIQUE (till_id, folio),
                FOREIGN KEY (till_id, previous_folio) REFERENCES counter_sale (till_id, folio)
            ) STRICT;
            CREATE INDEX counter_sale_by_time ON counter_sale (till_id, sold_at_ms);
            """
    )
}
