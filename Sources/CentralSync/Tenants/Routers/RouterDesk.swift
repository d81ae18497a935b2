import HTTPTypes
import ServerKit
import Shared

/// Making and changing the routers of one empresa, and their keys.
struct RouterDesk: Sendable {
    let centre: Centre
    let scope: EmpresaScope

    /// A técnico tests routers and has no business with keys.
    private var seesKeys: Bool { scope.principal.role != .tecnico }

    /// - Throws: `APIError` 404.
    func find(_ id: String) async throws -> SiteRouter {
        let router = try await centre.database.read { try RouterStore($0).find(id, of: scope.empresaID) }
        guard let router else { throw APIError.notFound }
        return router
    }

    func body(_ router: SiteRouter) async throws -> RouterBody {
        let now = centre.wallClock.now
        return try await centre.database.read { try body(router, at: now, in: $0) }
    }

    /// - Parameter siteID: Only of this site.
    func list(siteID: String?, page: PageRequest) async throws -> Page<RouterBody> {
        let now = centre.wallClock.now
        return try await centre.database.read { session in
            let rows = try RouterStore(session).list(of: scope.empresaID, siteID: siteID, page: page)
            return try Page(
                rows,
                for: page,
                cursor: { PageCursor($0.name, $0.id) },
                item: { try body($0, at: now, in: session) }
            )
        }
    }

    /// - Throws: `APIError` 422.
    func create(_ draft: RouterDraft) async throws -> NewRouterBody {
        guard let password = try draft.password() else { throw APIError.invalidField("api.password", "es obligatorio") }
        let (newSite, now, id) = (try draft.newSite(), centre.wallClock.now, RecordID.random("rtr"))
        let context = SealingContext.routerPassword(empresaID: scope.empresaID, routerID: id)
        let sealed = try centre.sealer.seal(password, for: context)
        let (key, text) = try centre.portalKeys.issue(for: id, of: scope.empresaID, now: now)
        return try await centre.database.write { session in
            let sites = SiteDesk(centre: centre, scope: scope)
            let siteID = try newSite.map { try sites.insert($0, at: now, in: session).id } ?? draft.siteID ?? ""
            guard try SiteStore(session).find(siteID, of: scope.empresaID) != nil else {
                throw APIError.invalidField("site_id", "no existe")
            }
            var router = SiteRouter(
                id: id,
                empresaID: scope.empresaID,
                siteID: siteID,
                name: "",
                host: "",
                port: 0,
                username: "",
                isActive: true,
                version: 1,
                createdAt: now,
                updatedAt: now
            )
            try draft.apply(to: &router)
            try RouterStore(session).insert(router, sealedPassword: sealed)
            try RouterKeyStore(session).insert(key, of: router)
            try SnapshotVersion.raise(site: siteID, of: scope.empresaID, at: now, in: session)
            try audit("router.create", before: nil, after: router, at: now, in: session)
            let hasBox = try BoxStore.serving(siteID: siteID, of: scope.empresaID, in: session) != nil
            return NewRouterBody(
                router: RouterBody(router, keys: [key]),
                apiKey: NewRouterKeyBody(key: key, text: text),
                enrolment: hasBox ? nil : try sites.issueCode(for: siteID, at: now, in: session)
            )
        }
    }

    /// - Throws: `APIError` 404, 412, 422.
    func update(_ id: String, to draft: RouterDraft, ifMatch: IfMatch) async throws -> SiteRouter {
        guard draft.isActive != nil else { throw APIError.invalidField("is_active", "es obligatorio") }
        let context = SealingContext.routerPassword(empresaID: scope.empresaID, routerID: id)
        let sealed = try draft.password().map { try centre.sealer.seal($0, for: context) }
        let now = centre.wallClock.now
        return try await centre.database.write { session in
            let store = RouterStore(session)
            guard let current = try store.find(id, of: scope.empresaID) else { throw APIError.notFound }
            try ifMatch.check(current.version)
            // Purchases that are under way belong to the box they began at.
            guard draft.siteID == nil || draft.siteID == current.siteID, draft.site == nil else {
                throw APIError.invalidField("site_id", "no se puede cambiar")
            }
            var router = current
            try draft.apply(to: &router)
            router.version += 1
            router.updatedAt = now
            try store.update(router)
            if let sealed { try store.setPassword(of: router, to: sealed) }
            try SnapshotVersion.raise(site: router.siteID, of: scope.empresaID, at: now, in: session)
            try audit("router.update", before: current, after: router, at: now, in: session)
            return router
        }
    }

    // MARK: Keys

    /// A new key; those of before work for the grace, so that portals can be changed without losing a sale.
    ///
    /// - Throws: `APIError` 404, 409.
    func issueKey(for id: String, grace: Duration) async throws -> NewRouterKeyBody {
        let now = centre.wallClock.now
        let (key, text) = try centre.portalKeys.issue(for: id, of: scope.empresaID, now: now)
        try await changeKeys(of: id, action: "router.api_key_issue", at: now) { router, store in
            _ = try store.end(nil, of: router, at: now + grace)
            guard try store.live(of: router, at: now).count < RouterKeyStore.maximumLive else {
                throw APIError.tooManyKeys
            }
            try store.insert(key, of: router)
        }
        return NewRouterKeyBody(key: key, text: text)
    }

    /// Ends keys now; the box hears of it within seconds.
    ///
    /// - Parameter keyID: Only this one; nil for all.
    /// - Throws: `APIError` 404.
    func revokeKeys(of id: String, keyID: String?) async throws {
        let now = centre.wallClock.now
        try await changeKeys(of: id, action: "router.api_key_revoke", at: now) { router, store in
            guard try store.end(keyID, of: router, at: now) > 0 || keyID == nil else { throw APIError.notFound }
        }
    }

    private func changeKeys(
        of id: String,
        action: String,
        at now: Timestamp,
        _ body: @escaping @Sendable (SiteRouter, RouterKeyStore) throws -> Void
    ) async throws {
        try await centre.database.write { session in
            guard let router = try RouterStore(session).find(id, of: scope.empresaID) else { throw APIError.notFound }
            let store = RouterKeyStore(session)
            let before = try store.live(of: router, at: now)
            try body(router, store)
            try SnapshotVersion.raise(site: router.siteID, of: scope.empresaID, at: now, in: session)
            let change = try AuditedChange(
                by: scope.principal.actor,
                at: now,
                action: action,
                empresaID: scope.empresaID,
                subject: id,
                before: before.map(RouterKeyBody.init),
                after: try store.live(of: router, at: now).map(RouterKeyBody.init)
            )
            try Audit.append(change, in: session)
        }
    }

    // MARK: Parts

    private func body(_ router: SiteRouter, at now: Timestamp, in session: any SQLSession) throws -> RouterBody {
        RouterBody(router, keys: seesKeys ? try RouterKeyStore(session).live(of: router, at: now) : nil)
    }

    private func audit(
        _ action: String,
        before: SiteRouter?,
        after: SiteRouter,
        at now: Timestamp,
        in session: any SQLSession
    ) throws {
        let change = try AuditedChange(
            by: scope.principal.actor,
            at: now,
            action: action,
            empresaID: scope.empresaID,
            subject: after.id,
            before: before.map { RouterBody($0, keys: nil) },
            after: RouterBody(after, keys: nil)
        )
        try Audit.append(change, in: session)
    }
}

extension APIError {
    /// 409: the boxes look at every key that works.
    fileprivate static var tooManyKeys: APIError {
        APIError(.conflict, code: "too_many_api_keys", message: "Este router ya tiene muchas llaves. Revoca alguna.")
    }
}
