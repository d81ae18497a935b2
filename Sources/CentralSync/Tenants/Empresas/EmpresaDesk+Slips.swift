import ServerKit
import Shared

// What an empresa's slips say. It shares the empresa's version: two people who change both do not overwrite each other.
extension EmpresaDesk {
    /// What the audit log shows of a logo that nobody reads there.
    private struct Record: Encodable {
        let lines: [String]
        let logoSHA256: String?

        enum CodingKeys: String, CodingKey {
            case lines
            case logoSHA256 = "logo_sha256"
        }

        init(_ slips: EmpresaSlips) {
            lines = slips.lines
            logoSHA256 = slips.logo.map { SHA256Digest(of: $0).hexadecimal }
        }
    }

    /// - Throws: `APIError` 404.
    func slips(of id: String) async throws -> (slips: EmpresaSlips, version: Int64) {
        let found = try await centre.database.read { session in
            try EmpresaStore(session).find(id).map { ($0.version, try EmpresaStore(session).slips(of: id)) }
        }
        guard let (version, slips) = found else { throw APIError.notFound }
        return (slips, version)
    }

    /// - Throws: `APIError` 404, 412, 422.
    func setSlips(
        of id: String,
        to draft: EmpresaSlipsDraft,
        ifMatch: IfMatch
    ) async throws -> (slips: EmpresaSlips, version: Int64) {
        let (slips, now) = (try draft.checked(), centre.wallClock.now)
        return try await centre.database.write { session in
            let store = EmpresaStore(session)
            guard var empresa = try store.find(id) else { throw APIError.notFound }
            try ifMatch.check(empresa.version)
            let before = try store.slips(of: id)
            empresa.version += 1
            empresa.updatedAt = now
            try store.update(empresa)
            try store.setSlips(of: id, to: slips)
            try SnapshotVersion.raiseAll(of: id, at: now, in: session)
            let change = try AuditedChange(
                by: principal.actor,
                at: now,
                action: "empresa.slips",
                empresaID: id,
                subject: id,
                before: Record(before),
                after: Record(slips)
            )
            try Audit.append(change, in: session)
            return (slips, empresa.version)
        }
    }
}
