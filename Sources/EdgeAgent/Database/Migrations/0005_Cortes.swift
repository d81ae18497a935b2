import Store

extension Migration {
    /// The cortes de caja. Each begins where the one before ended, whoever writes them, and none is ever changed.
    static let cortes = Migration(
        "0005_cortes",
        sql: """
            CREATE TABLE corte (
                id TEXT PRIMARY KEY NOT NULL,
                till_id TEXT NOT NULL REFERENCES till (id),
                currency TEXT NOT NULL,
                number INTEGER NOT NULL CHECK (number >= 1),
                previous_number INTEGER GENERATED ALWAYS AS (nullif(number - 1, 0)) STORED,
                cashier_name TEXT NOT NULL,
                previous_folio INTEGER NOT NULL CHECK (previous_folio >= 0 AND (number > 1 OR previous_folio = 0)),
                last_folio INTEGER NOT NULL CHECK (last_folio >= previous_folio),
                sale_count INTEGER NOT NULL CHECK (sale_count >= 0),
                sold_cents INTEGER NOT NULL CHECK (sold_cents >= 0),
                void_count INTEGER NOT NULL CHECK (void_count BETWEEN 0 AND sale_count),
                voided_cents INTEGER NOT NULL CHECK (voided_cents BETWEEN 0 AND sold_cents),
                counted_cents INTEGER NOT NULL CHECK (counted_cents >= 0),
                at_ms INTEGER NOT NULL,
                UNIQUE (till_id, currency, number),
                UNIQUE (till_id, currency, number, last_folio),
                FOREIGN KEY (till_id, currency, previous_number, previous_folio)
                    REFERENCES corte (till_id, currency, number, last_folio)
            ) STRICT;
            CREATE TRIGGER corte_is_final BEFORE UPDATE ON corte BEGIN
                SELECT raise(ABORT, 'a corte is final');
            END;
            CREATE TRIGGER corte_stays BEFORE DELETE ON corte BEGIN
                SELECT raise(ABORT, 'a corte is final');
            END;
            """
    )
}
