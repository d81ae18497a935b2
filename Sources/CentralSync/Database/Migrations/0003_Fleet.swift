extension CentralMigration {
    /// The boxes, what they were told to do, and how far their events have come.
    static let fleet = CentralMigration(
        "0003_fleet",
        sql: """
            CREATE TABLE enrolment_code (
                code_sha256 BYTEA PRIMARY KEY,
                empresa_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                created_at_ms BIGINT NOT NULL,
                expires_at_ms BIGINT NOT NULL,
                used_at_ms BIGINT,
                box_id TEXT
            );
            CREATE TABLE box (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                site_id TEXT NOT NULL,
                last_epoch BIGINT NOT NULL CHECK (last_epoch >= 1),
                applied_version BIGINT NOT NULL,
                refusal TEXT,
                report TEXT,
                clock_skew_ms BIGINT,
                is_forked BIGINT NOT NULL CHECK (is_forked IN (0, 1)),
                is_blocked BIGINT NOT NULL CHECK (is_blocked IN (0, 1)),
                enrolled_at_ms BIGINT NOT NULL,
                last_seen_at_ms BIGINT NOT NULL,
                PRIMARY KEY (empresa_id, box_id),
                FOREIGN KEY (empresa_id, site_id) REFERENCES site (empresa_id, site_id)
            );
            CREATE INDEX box_of_site ON box (empresa_id, site_id);
            CREATE TABLE box_credential (
                sha256 BYTEA PRIMARY KEY,
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL
            );
            CREATE TABLE box_epoch (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                epoch BIGINT NOT NULL,
                incarnation TEXT NOT NULL,
                reason TEXT NOT NULL,
                acked_seq BIGINT NOT NULL CHECK (acked_seq >= 0),
                acked_hash BYTEA NOT NULL,
                opened_at_ms BIGINT NOT NULL,
                last_event_at_ms BIGINT,
                PRIMARY KEY (empresa_id, box_id, epoch),
                UNIQUE (empresa_id, box_id, incarnation)
            );
            CREATE TABLE command (
                empresa_id TEXT NOT NULL,
                box_id TEXT NOT NULL,
                command_id TEXT NOT NULL,
                kind TEXT NOT NULL,
                arguments TEXT NOT NULL,
                created_at_ms BIGINT NOT NULL,
                expires_at_ms BIGINT NOT NULL,
                answered_at_ms BIGINT,
                answer TEXT,
                PRIMARY KEY (empresa_id, box_id, command_id)
            );
            CREATE TABLE wake (
                wake_id TEXT PRIMARY KEY,
                empresa_id TEXT NOT NULL,
                site_id TEXT,
                command_id TEXT,
                created_at_ms BIGINT NOT NULL
            );
            CREATE INDEX wake_by_time ON wake (created_at_ms);
            CREATE TABLE centre_key (
                name TEXT PRIMARY KEY,
                public_key BYTEA NOT NULL,
                sealed BYTEA NOT NULL
            );
            """
    )
}
