import Store

extension Migration {
    /// How far the centre has the box's events, and the site document it sent last.
    ///
    /// `box.incarnation` names this run of the box's history; a planned one waits for the centre to give it an epoch.
    static let sync = Migration(
        "0002_sync",
        sql: """
            ALTER TABLE box ADD COLUMN site TEXT;
            ALTER TABLE box ADD COLUMN incarnation TEXT CHECK (length(incarnation) = 32);
            ALTER TABLE box ADD COLUMN planned_incarnation TEXT CHECK (length(planned_incarnation) = 32);
            ALTER TABLE box ADD COLUMN planned_reason TEXT
                CHECK ((planned_reason IS NULL) = (planned_incarnation IS NULL));
            ALTER TABLE box ADD COLUMN acked_seq INTEGER NOT NULL DEFAULT 0
                CHECK (acked_seq >= 0 AND acked_seq <= last_seq);
            ALTER TABLE box ADD COLUMN acked_hash BLOB NOT NULL
                DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000'
                CHECK (length(acked_hash) = 32);

            CREATE TABLE site_document (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                version INTEGER NOT NULL CHECK (version >= 1),
                payload TEXT NOT NULL,
                signature BLOB NOT NULL CHECK (length(signature) = 64),
                received_at_ms INTEGER NOT NULL
            ) STRICT;
            """
    )
}
