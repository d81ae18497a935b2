import Store

extension Migration {
    /// What a box that was put back from a backup has to find out before it takes cards again.
    ///
    /// The row of `restoration` is there until it has. `since_ms` is when the backup's last facts were written, on a clock
    /// somebody had confirmed; NULL where nobody had. `searched_at_ms`, on such a clock too, is when Conekta had been gone through
    /// for the first time, and the box of before was certainly dead. What a purchase that awaits it did after the backup is not known, so
    /// nobody drives it.
    static let restoration = Migration(
        "0008_restoration",
        sql: """
            CREATE TABLE restoration (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                since_ms INTEGER,
                is_searched INTEGER NOT NULL DEFAULT 0 CHECK (is_searched IN (0, 1)),
                searched_at_ms INTEGER CHECK (searched_at_ms IS NULL OR is_searched = 1)
            ) STRICT;
            ALTER TABLE purchase ADD COLUMN awaits_restoration INTEGER NOT NULL DEFAULT 0
                CHECK (awaits_restoration IN (0, 1) AND (awaits_restoration = 0 OR is_open = 1));
            CREATE INDEX purchase_awaiting_restoration ON purchase (created_at_ms) WHERE awaits_restoration = 1;
            """
    )
}
