import Store

extension Migration {
    /// Fichas that are printed before anybody buys them. `minted` is how many of them there are already, so that a batch that
    /// was cut off goes on where it stopped.
    static let stock = Migration(
        "0006_stock",
        sql: """
            CREATE TABLE batch (
                id TEXT PRIMARY KEY NOT NULL,
                router_id TEXT NOT NULL,
                product TEXT NOT NULL CHECK (json_valid(product)),
                count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 5000),
                minted INTEGER NOT NULL DEFAULT 0 CHECK (minted BETWEEN 0 AND count),
                sell_by_ms INTEGER,
                cashier_id TEXT NOT NULL,
                cashier_name TEXT NOT NULL,
                created_at_ms INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX batch_unfinished ON batch (created_at_ms) WHERE minted < count;
            """
    )
}
