extension CentralMigration {
    /// Who resells, what was handed over to them and came back, and what they settled; beside each venta of theirs whose it
    /// is, and beside each corte de caja what resellers paid into the till.
    static let resellers = CentralMigration(
        "0010_resellers",
        sql: """
            CREATE TABLE reseller (
                empresa_id TEXT NOT NULL REFERENCES empresa (empresa_id),
                reseller_id TEXT NOT NULL,
                name TEXT NOT NULL,
                contact TEXT,
                commission_bp BIGINT NOT NULL CHECK (commission_bp BETWEEN 0 AND 10000),
                is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
                version BIGINT NOT NULL,
                created_at_ms BIGINT NOT NULL,
                updated_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, reseller_id)
            );
            CREATE TABLE reseller_router (
                empresa_id TEXT NOT NULL,
                reseller_id TEXT NOT NULL,
                router_id TEXT NOT NULL,
                PRIMARY KEY (empresa_id, reseller_id, router_id),
                FOREIGN KEY (empresa_id, reseller_id) REFERENCES reseller (empresa_id, reseller_id),
                FOREIGN KEY (empresa_id, router_id) REFERENCES router (empresa_id, router_id)
            );
            ALTER TABLE venta ADD COLUMN reseller_id TEXT;
            ALTER TABLE venta ADD COLUMN entrega_id TEXT;
            ALTER TABLE venta ADD COLUMN commission_cents BIGINT;
            ALTER TABLE corte ADD COLUMN abono_count BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE corte ADD COLUMN abono_cents BIGINT NOT NULL DEFAULT 0;
            CREATE TABLE entrega (
                empresa_id TEXT NOT NULL,
                entrega_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                reseller_id TEXT NOT NULL,
                reseller_name TEXT NOT NULL,
                cashier_id TEXT NOT NULL,
                router_id TEXT NOT NULL,
                batch_id TEXT NOT NULL,
                product_id BIGINT NOT NULL,
                product_name TEXT NOT NULL,
                duration_seconds BIGINT NOT NULL,
                price_cents BIGINT NOT NULL,
                currency TEXT NOT NULL,
                commission_bp BIGINT NOT NULL,
                commission_cents BIGINT NOT NULL,
                ficha_count BIGINT NOT NULL,
                first_number BIGINT NOT NULL,
                last_number BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                time_is_estimated BIGINT NOT NULL CHECK (time_is_estimated IN (0, 1)),
                local_date TEXT NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, entrega_id)
            );
            CREATE INDEX entrega_of_reseller ON entrega (empresa_id, reseller_id);
            CREATE TABLE devolucion (
                empresa_id TEXT NOT NULL,
                devolucion_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                entrega_id TEXT NOT NULL,
                reseller_id TEXT NOT NULL,
                cashier_id TEXT NOT NULL,
                ficha_count BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                time_is_estimated BIGINT NOT NULL CHECK (time_is_estimated IN (0, 1)),
                local_date TEXT NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, devolucion_id)
            );
            CREATE INDEX devolucion_of_reseller ON devolucion (empresa_id, reseller_id);
            CREATE TABLE reseller_corte (
                empresa_id TEXT NOT NULL,
                corte_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                seq BIGINT NOT NULL,
                reseller_id TEXT NOT NULL,
                reseller_name TEXT NOT NULL,
                currency TEXT NOT NULL,
                number BIGINT NOT NULL,
                cashier_id TEXT NOT NULL,
                till_id TEXT,
                previous_balance_cents BIGINT NOT NULL,
                owed_cents BIGINT NOT NULL,
                abono_cents BIGINT NOT NULL,
                balance_cents BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                time_is_estimated BIGINT NOT NULL CHECK (time_is_estimated IN (0, 1)),
                local_date TEXT NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, corte_id)
            );
            CREATE INDEX reseller_corte_of_reseller ON reseller_corte (empresa_id, reseller_id, at_ms);
            CREATE TABLE reseller_corte_line (
                empresa_id TEXT NOT NULL,
                corte_id TEXT NOT NULL,
                line_number BIGINT NOT NULL,
                product_id BIGINT NOT NULL,
                product_name TEXT NOT NULL,
                price_cents BIGINT NOT NULL,
                commission_bp BIGINT NOT NULL,
                commission_cents BIGINT NOT NULL,
                delivered_count BIGINT NOT NULL,
                returned_count BIGINT NOT NULL,
                used_count BIGINT NOT NULL,
                in_hand_count BIGINT NOT NULL,
                sold_count BIGINT NOT NULL,
                new_sold_count BIGINT NOT NULL,
                owed_cents BIGINT NOT NULL,
                received_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, corte_id, line_number)
            );
            CREATE INDEX venta_of_reseller ON venta (empresa_id, reseller_id) WHERE reseller_id IS NOT NULL;
            """
    )
}
