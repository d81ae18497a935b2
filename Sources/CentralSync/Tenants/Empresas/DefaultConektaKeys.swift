import Shared

/// The centre's own keys at Conekta come from its settings, so that no request changes them: a start does.
struct DefaultConektaKeys: Sendable {
    let centre: Centre

    /// Has the boxes of empresas without keys of their own told, when the keys are others than at the last start.
    ///
    /// - Throws: ``CentralDatabaseError``.
    func tellBoxes() async throws {
        let (mark, now) = (mark, centre.wallClock.now)
        try await centre.database.write { session in
            let last = try session.first("SELECT value FROM counter WHERE name = 'conekta_keys'")
            guard try last?.integer("value") ?? 0 != mark else { return }
            try session.execute(
                """
                INSERT INTO counter (name, value) VALUES ('conekta_keys', $1)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """,
                [.integer(mark)]
            )
            let concerned = try session.query("SELECT empresa_id FROM empresa WHERE conekta_public_key IS NULL")
            for row in concerned {
                try SnapshotVersion.raiseAll(of: try row.text("empresa_id"), at: now, in: session)
            }
        }
    }

    /// Tells one pair from another; 0 for none. Seven bytes of a digest give nothing away of a key.
    private var mark: Int64 {
        guard let keys = centre.snapshots.defaultConektaKeys else { return 0 }
        let digest = SHA256Digest(of: keys.publicKey + "\n" + keys.privateKey.reveal())
        return digest.bytes.prefix(7).reduce(1) { $0 << 8 | Int64($1) }
    }
}
