import Store

extension Migration {
    /// Printed fichas in the hands of resellers: handed over, sold there, brought back, settled.
    ///
    /// Whoever writes it, a ficha is sold at the counter or handed over, never both, handed over once, sold once, and not brought
    /// back once it was used. Nothing that was handed over, brought back or settled is ever changed. The index over stock is
    /// for counting what can still be handed over.
    static let resellers = Migration(
        "0007_resellers",
        sql: """
            CREATE INDEX ficha_in_stock ON ficha (batch_id) WHERE state = 'minted';

            CREATE TABLE entrega (
                id TEXT PRIMARY KEY NOT NULL,
                reseller_id TEXT NOT NULL,
                reseller_name TEXT NOT NULL,
                batch_id TEXT NOT NULL REFERENCES batch (id),
                router_id TEXT NOT NULL,
                product_id INTEGER NOT NULL,
                price_cents INTEGER NOT NULL CHECK (price_cents > 0),
                currency TEXT NOT NULL,
                commission_bp INTEGER NOT NULL CHECK (commission_bp BETWEEN 0 AND 10000),
                count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 5000),
                cashier_id TEXT NOT NULL,
                cashier_name TEXT NOT NULL,
                at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX entrega_of_reseller ON entrega (reseller_id, currency);

            CREATE TABLE devolucion (
                id TEXT PRIMARY KEY NOT NULL,
                entrega_id TEXT NOT NULL REFERENCES entrega (id),
                count INTEGER NOT NULL CHECK (count >= 1),
                cashier_id TEXT NOT NULL,
                cashier_name TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                UNIQUE (entrega_id, id)
            ) STRICT;

            CREATE TABLE entrega_ficha (
                code TEXT PRIMARY KEY NOT NULL REFERENCES ficha (code),
                entrega_id TEXT NOT NULL REFERENCES entrega (id),
                number INTEGER NOT NULL CHECK (number >= 1),
                devolucion_id TEXT,
                UNIQUE (entrega_id, code),
                UNIQUE (entrega_id, number),
                FOREIGN KEY (entrega_id, devolucion_id) REFERENCES devolucion (entrega_id, id)
            ) STRICT;

            CREATE TABLE venta_with_resellers (
                id TEXT PRIMARY KEY NOT NULL,
                method TEXT NOT NULL CHECK (method IN ('card', 'cash', 'reseller')),
                outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'refunded')),
                router_id TEXT NOT NULL,
                product_id INTEGER NOT NULL,
                ficha_code TEXT,
                amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
                refunded_cents INTEGER NOT NULL CHECK (refunded_cents >= 0),
                currency TEXT NOT NULL,
                at_ms INTEGER NOT NULL,
                entrega_id TEXT,
                purchase_id TEXT GENERATED ALWAYS AS (CASE method WHEN 'card' THEN id END) STORED REFERENCES purchase (id),
                CHECK ((outcome = 'refunded') = (refunded_cents = amount_cents)),
                CHECK (outcome <> 'delivered' OR (ficha_code IS NOT NULL AND refunded_cents = 0)),
                CHECK (method = 'card' OR outcome = 'delivered'),
                CHECK ((method = 'reseller') = (entrega_id IS NOT NULL)),
                FOREIGN KEY (entrega_id, ficha_code) REFERENCES entrega_ficha (entrega_id, code)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO venta_with_resellers (id, method, outcome, router_id, product_id, ficha_code, amount_cents,
                refunded_cents, currency, at_ms)
            SELECT id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents, currency, at_ms
            FROM venta;
            DROP TABLE venta;
            ALTER TABLE venta_with_resellers RENAME TO venta;
            CREATE UNIQUE INDEX venta_of_ficha ON venta (ficha_code) WHERE method <> 'card';
            CREATE INDEX venta_of_entrega ON venta (entrega_id) WHERE entrega_id IS NOT NULL;

            CREATE TRIGGER handed_over_is_not_sold_here BEFORE INSERT ON venta
            WHEN NEW.method = 'cash' AND EXISTS (SELECT 1 FROM entrega_ficha WHERE code = NEW.ficha_code) BEGIN
                SELECT raise(ABORT, 'the ficha was handed over');
            END;
            CREATE TRIGGER brought_back_is_not_sold BEFORE INSERT ON venta
            WHEN NEW.method = 'reseller' AND EXISTS (
                SELECT 1 FROM entrega_ficha WHERE code = NEW.ficha_code AND devolucion_id IS NOT NULL
            ) BEGIN
                SELECT raise(ABORT, 'the ficha was brought back');
            END;
            CREATE TRIGGER sold_is_not_handed_over BEFORE INSERT ON entrega_ficha
            WHEN EXISTS (SELECT 1 FROM venta WHERE ficha_code = NEW.code AND method <> 'card') BEGIN
                SELECT raise(ABORT, 'the ficha was sold');
            END;
            CREATE TRIGGER sold_is_not_brought_back BEFORE UPDATE ON entrega_ficha
            WHEN OLD.devolucion_id IS NOT NULL OR OLD.code <> NEW.code OR OLD.entrega_id <> NEW.entrega_id
                OR OLD.number <> NEW.number
                OR EXISTS (SELECT 1 FROM venta WHERE ficha_code = OLD.code AND method <> 'card') BEGIN
                SELECT raise(ABORT, 'the ficha was sold or brought back');
            END;
            CREATE TRIGGER entrega_is_final BEFORE UPDATE ON entrega BEGIN
                SELECT raise(ABORT, 'an entrega is final');
            END;
            CREATE TRIGGER entrega_stays BEFORE DELETE ON entrega BEGIN
                SELECT raise(ABORT, 'an entrega is final');
            END;
            CREATE TRIGGER entrega_ficha_stays BEFORE DELETE ON entrega_ficha BEGIN
                SELECT raise(ABORT, 'an entrega is final');
            END;
            CREATE TRIGGER devolucion_is_final BEFORE UPDATE ON devolucion BEGIN
                SELECT raise(ABORT, 'a devolucion is final');
            END;
            CREATE TRIGGER devolucion_stays BEFORE DELETE ON devolucion BEGIN
                SELECT raise(ABORT, 'a devolucion is final');
            END;
            """
                + settlements
    )

    /// Cortes of resellers form a chain for each account, and their abonos one for each till, which a corte de caja covers as it
    /// covers folios.
    private static let settlements = """

        CREATE TABLE reseller_corte (
            id TEXT PRIMARY KEY NOT NULL,
            reseller_id TEXT NOT NULL,
            reseller_name TEXT NOT NULL,
            currency TEXT NOT NULL,
            number INTEGER NOT NULL CHECK (number >= 1),
            previous_number INTEGER GENERATED ALWAYS AS (nullif(number - 1, 0)) STORED,
            cashier_id TEXT NOT NULL,
            cashier_name TEXT NOT NULL,
            till_id TEXT REFERENCES till (id),
            abono_number INTEGER CHECK (abono_number >= 1),
            previous_abono_number INTEGER GENERATED ALWAYS AS (nullif(abono_number - 1, 0)) STORED,
            previous_balance_cents INTEGER NOT NULL CHECK (number > 1 OR previous_balance_cents = 0),
            owed_cents INTEGER NOT NULL CHECK (owed_cents >= 0),
            abono_cents INTEGER NOT NULL CHECK (abono_cents >= 0),
            balance_cents INTEGER NOT NULL CHECK (balance_cents = previous_balance_cents + owed_cents - abono_cents),
            at_ms INTEGER NOT NULL,
            CHECK ((abono_cents > 0) = (abono_number IS NOT NULL)),
            CHECK ((abono_number IS NULL) = (till_id IS NULL)),
            UNIQUE (reseller_id, currency, number),
            UNIQUE (reseller_id, currency, number, balance_cents),
            UNIQUE (till_id, abono_number),
            FOREIGN KEY (reseller_id, currency, previous_number, previous_balance_cents)
                REFERENCES reseller_corte (reseller_id, currency, number, balance_cents),
            FOREIGN KEY (till_id, previous_abono_number) REFERENCES reseller_corte (till_id, abono_number)
        ) STRICT;

        CREATE TABLE reseller_corte_line (
            corte_id TEXT NOT NULL REFERENCES reseller_corte (id),
            product_id INTEGER NOT NULL,
            price_cents INTEGER NOT NULL CHECK (price_cents > 0),
            commission_bp INTEGER NOT NULL CHECK (commission_bp BETWEEN 0 AND 10000),
            product_name TEXT NOT NULL,
            delivered INTEGER NOT NULL,
            returned INTEGER NOT NULL CHECK (returned >= 0),
            used INTEGER NOT NULL CHECK (used >= 0),
            in_hand INTEGER NOT NULL CHECK (in_hand >= 0),
            sold INTEGER NOT NULL CHECK (sold = delivered - returned - in_hand AND sold >= used),
            new_sold INTEGER NOT NULL CHECK (new_sold BETWEEN 0 AND sold),
            PRIMARY KEY (corte_id, product_id, price_cents, commission_bp)
        ) STRICT;

        CREATE TRIGGER reseller_corte_is_final BEFORE UPDATE ON reseller_corte BEGIN
            SELECT raise(ABORT, 'a corte is final');
        END;
        CREATE TRIGGER reseller_corte_stays BEFORE DELETE ON reseller_corte BEGIN
            SELECT raise(ABORT, 'a corte is final');
        END;
        CREATE TRIGGER reseller_corte_line_is_final BEFORE UPDATE ON reseller_corte_line BEGIN
            SELECT raise(ABORT, 'a corte is final');
        END;
        CREATE TRIGGER reseller_corte_line_stays BEFORE DELETE ON reseller_corte_line BEGIN
            SELECT raise(ABORT, 'a corte is final');
        END;

        ALTER TABLE corte ADD COLUMN previous_abono INTEGER NOT NULL DEFAULT 0 CHECK (previous_abono >= 0);
        ALTER TABLE corte ADD COLUMN last_abono INTEGER NOT NULL DEFAULT 0 CHECK (last_abono >= 0);
        ALTER TABLE corte ADD COLUMN abono_count INTEGER NOT NULL DEFAULT 0 CHECK (abono_count >= 0);
        ALTER TABLE corte ADD COLUMN abono_cents INTEGER NOT NULL DEFAULT 0 CHECK (abono_cents >= 0);
        CREATE TRIGGER corte_covers_each_abono BEFORE INSERT ON corte
        WHEN NEW.last_abono < NEW.previous_abono OR NEW.previous_abono <> ifnull((
            SELECT last_abono FROM corte AS earlier
            WHERE earlier.till_id = NEW.till_id AND earlier.currency = NEW.currency AND earlier.number = NEW.number - 1
        ), 0) BEGIN
            SELECT raise(ABORT, 'abonos are left out or counted twice');
        END;
        """
}
