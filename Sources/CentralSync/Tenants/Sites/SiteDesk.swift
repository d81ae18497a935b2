import ServerKit
import Shared

/// Making and changing the sites of one empresa.
struct SiteDesk: Sendable {
    let centre: Centre
    let scope: EmpresaScope

    /// - Throws: `APIError` 404.
    func find(_ id: String) async throws -> Site {
        let site = try await centre.database.read { try SiteStore($0).find(id, of: scope.empresaID) }
        guard let site else { throw APIError.notFound }
        return site
    }

    func list(page: PageRequest) async throws -> Page<SiteBody> {
        let rows = try await centre.database.read { try SiteStore($0).list(of: scope.empresaID, page: page) }
        return Page(rows, for: page, cursor: { PageCursor($0.name, $0.id) }, item: SiteBody.init)
    }

    /// - Throws: `APIError` 422.
    func create(_ draft: SiteDraft) async throws -> Site {
        let (draft, now) = (try draft.checked(), centre.wallClock.now)
        return try await centre.database.write { try insert(draft, at: now, in: $0) }
    }

    /// - Throws: `APIError` 404, 412, 422.
    func update(_ id: String, to draft: SiteDraft, ifMatch: IfMatch) async throws -> Site {
        let (draft, now) = (try draft.checked(), centre.wallClock.now)
        return try await centre.database.write { session in
            guard let current = try SiteStore(session).find(id, of: scope.empresaID) else { throw APIError.notFound }
            try ifMatch.check(current.version)
            var site = current
            site.name = draft.name
            site.timeZone = draft.timeZone
            site.wifiName = draft.wifiName
            site.printers = draft.printers
            site.version += 1
            site.updatedAt = now
            try SiteStore(session).update(site)
            try SnapshotVersion.raise(site: id, of: scope.empresaID, at: now, in: session)
            try audit("site.update", of: id, before: SiteBody(current), after: SiteBody(site), at: now, in: session)
            return site
        }
    }

    /// A code for a box of the site; codes of before that nobody used stop working.
    ///
    /// - Throws: `APIError` 404.
    func issueCode(for id: String) async throws -> EnrolmentBody {
        let now = centre.wallClock.now
        return try await centre.database.write { session in
            guard try SiteStore(session).find(id, of: scope.empresaID) != nil else { throw APIError.notFound }
            return try issueCode(for: id, at: now, in: session)
        }
    }

    // MARK: For routers, which may come with their site

    func insert(_ draft: SiteDraft, at now: Timestamp, in session: any SQLSession) throws -> Site {
        let site = Site(
            id: RecordID.random("site"),
            empresaID: scope.empresaID,
            name: draft.name,
            timeZone: draft.timeZone,
            wifiName: draft.wifiName,
            printers: draft.printers,
            snapshotVersion: 1,
            version: 1,
            createdAt: now,
            updatedAt: now
        )
        try SiteStore(session).insert(site)
        try audit("site.create", of: site.id, before: nil, after: SiteBody(site), at: now, in: session)
        return site
    }

    func issueCode(for id: String, at now: Timestamp, in session: any SQLSession) throws -> EnrolmentBody {
        try EnrolmentStore.withdraw(empresaID: scope.empresaID, siteID: id, in: session)
        let issued = try EnrolmentStore.issue(empresaID: scope.empresaID, siteID: id, at: now, in: session)
        try audit("site.enrolment_code", of: id, before: nil, after: nil, at: now, in: session)
        return EnrolmentBody(siteID: id, code: issued.code, expiresAt: issued.expiresAt)
    }

    private func audit(
        _ action: String,
        of id: String,
        before: SiteBody?,
        after: SiteBody?,
        at now: Timestamp,
        in session: any SQLSession
    ) throws {
        let change = try AuditedChange(
            by: scope.principal.actor,
            at: now,
            action: action,
            empresaID: scope.empresaID,
            subject: id,
            before: before,
            after: after
        )
        try Audit.append(change, in: session)
    }
}
