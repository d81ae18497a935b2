import Shared

/// Reads the whole log and finds the first row that is not as it was written.
struct AuditVerifier: Sendable {
    private static let pageSize: Int64 = 500

    let database: any CentralDatabase

    /// In pages, so that neither memory nor a transaction grows with the log. Rows that are added meanwhile are covered
    /// or not; either way what is found is true.
    func verify() async throws -> AuditVerification {
        var (seq, hash) = (Int64(0), AuditRecord.firstPreviousHash)
        while true {
            let last = seq
            let (records, count) = try await database.read { session in
                let store = AuditStore(session)
                return (try store.records(after: last, limit: Self.pageSize), try store.count())
            }
            for record in records {
                if let problem = Self.problem(with: record, after: seq, hash) {
                    return Self.finding(seq, hash, problem)
                }
                (seq, hash) = (record.seq, record.hash)
            }
            guard records.isEmpty else { continue }
            return Self.finding(seq, hash, seq < count ? .missing : nil)
        }
    }

    private static func problem(
        with record: AuditRecord,
        after seq: Int64,
        _ hash: [UInt8]
    ) -> AuditVerification.Problem? {
        if record.seq != seq + 1 { return .missing }
        if !record.isIntact { return .changed }
        return record.previousHash == hash ? nil : .unlinked
    }

    private static func finding(
        _ seq: Int64,
        _ hash: [UInt8],
        _ problem: AuditVerification.Problem?
    ) -> AuditVerification {
        AuditVerification(
            count: seq,
            head: SHA256Digest(bytes: hash)?.hexadecimal ?? "",
            problem: problem,
            problemSeq: problem == nil ? nil : seq + 1
        )
    }
}
