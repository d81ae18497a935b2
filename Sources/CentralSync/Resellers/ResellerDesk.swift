import HTTPTypes
import ServerKit
import Shared

/// Making and changing who resells for one empresa.
struct ResellerDesk: Sendable {
    /// Every box of the empresa holds all of them.
    static let maximumResellers: Int64 = 500

    let centre: Centre
    let scope: EmpresaScope

    /// - Throws: `APIError` 404.
    func find(_ id: String) async throws -> Reseller {
        let reseller = try await centre.database.read { try ResellerStore($0).find(id, of: scope.empresaID) }
        guard let reseller else { throw APIError.notFound }
        return reseller
    }

    func list(_ filter: ResellerFilter, page: PageRequest) async throws -> Page<ResellerBody> {
        let rows = try await centre.database.read {
            try ResellerStore($0).list(of: scope.empresaID, filter, page: page)
        }
        return Page(rows, for: page, cursor: { PageCursor($0.name, $0.id) }, item: ResellerBody.init)
    }

    /// - Throws: `APIError` 409, 422.
    func create(_ draft: ResellerDraft) async throws -> Reseller {
        let (now, id) = (centre.wallClock.now, RecordID.random("rev"))
        return try await centre.database.write { session in
            let store = ResellerStore(session)
            guard try store.count(of: scope.empresaID) < Self.maximumResellers else {
                throw APIError.tooManyResellers
            }
            var reseller = Reseller(
                id: id,
                empresaID: scope.empresaID,
                name: "",
                contact: nil,
                commissionBasisPoints: 0,
                routerIDs: [],
                isActive: true,
                version: 1,
                createdAt: now,
                updatedAt: now
            )
            try draft.apply(to: &reseller)
            try RouterStore(session).check(reseller.routerIDs, of: scope.empresaID)
            try store.insert(reseller)
            try tell("reseller.create", before: nil, after: reseller, at: now, in: session)
            return reseller
        }
    }

    /// - Throws: `APIError` 404, 412, 422.
    func update(_ id: String, to draft: ResellerDraft, ifMatch: IfMatch) async throws -> Reseller {
        let now = centre.wallClock.now
        return try await centre.database.write { session in
            let store = ResellerStore(session)
            guard let current = try store.find(id, of: scope.empresaID) else { throw APIError.notFound }
            try ifMatch.check(current.version)
            var reseller = current
            try draft.apply(to: &reseller)
            guard reseller != current else { return current }
            reseller.version += 1
            reseller.updatedAt = now
            try RouterStore(session).check(reseller.routerIDs, of: scope.empresaID)
            try store.update(reseller)
            try tell("reseller.update", before: current, after: reseller, at: now, in: session)
            return reseller
        }
    }

    // MARK: Parts

    /// The log, and the boxes where they take fichas or took them until now.
    private func tell(
        _ action: String,
        before: Reseller?,
        after: Reseller,
        at now: Timestamp,
        in session: any SQLSession
    ) throws {
        let change = try AuditedChange(
            by: scope.principal.actor,
            at: now,
            action: action,
            empresaID: scope.empresaID,
            subject: after.id,
            before: before.map(ResellerBody.init),
            after: ResellerBody(after)
        )
        try Audit.append(change, in: session)
        let routers = [before, after].compactMap { $0?.routerIDs }
        try SnapshotVersion.raise(routers: routers, of: scope.empresaID, at: now, in: session)
    }
}

extension APIError {
    /// 409
    fileprivate static var tooManyResellers: APIError {
        APIError(
            .conflict,
            code: "too_many_resellers",
            message: "Ya hay \(ResellerDesk.maximumResellers) revendedores. Cambia uno que ya no venda."
        )
    }
}
