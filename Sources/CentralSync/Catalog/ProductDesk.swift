import HTTPTypes
import ServerKit
import Shared

/// Making and changing what one empresa sells.
struct ProductDesk: Sendable {
    /// Every box of the empresa holds all of them.
    static let maximumProducts = 200

    let centre: Centre
    let scope: EmpresaScope

    /// - Throws: `APIError` 404.
    func find(_ id: Int64) async throws -> Product {
        let product = try await centre.database.read { try ProductStore($0).find(id, of: scope.empresaID) }
        guard let product else { throw APIError.notFound }
        return product
    }

    func list(_ filter: ProductFilter, page: PageRequest) async throws -> Page<ProductBody> {
        let rows = try await centre.database.read { try ProductStore($0).list(of: scope.empresaID, filter, page: page) }
        return Page(rows, for: page, cursor: { PageCursor(String($0.position), String($0.id)) }, item: ProductBody.init)
    }

    /// - Throws: `APIError` 409, 422.
    func create(_ draft: ProductDraft) async throws -> Product {
        let now = centre.wallClock.now
        return try await centre.database.write { session in
            let store = ProductStore(session)
            let (id, position) = try store.next(of: scope.empresaID)
            guard try store.ids(of: scope.empresaID).count < Self.maximumProducts else { throw APIError.catalogueFull }
            var product = Product(
                id: id,
                empresaID: scope.empresaID,
                name: "",
                priceCents: 0,
                currency: "",
                durationSeconds: 0,
                clock: draft.clock,
                mikrotikProfile: "",
                dataLimitBytes: nil,
                position: position,
                isFeatured: false,
                isActive: true,
                routerIDs: [],
                details: nil,
                version: 1,
                createdAt: now,
                updatedAt: now
            )
            try draft.apply(to: &product)
            try RouterStore(session).check(product.routerIDs, of: scope.empresaID)
            try store.insert(product)
            try tell("product.create", before: nil, after: product, at: now, in: session)
            return product
        }
    }

    /// - Throws: `APIError` 404, 412, 422.
    func update(_ id: Int64, to draft: ProductDraft, ifMatch: IfMatch) async throws -> Product {
        try await change(id, action: "product.update", ifMatch: ifMatch) { try draft.apply(to: &$0) }
    }

    /// Says one thing about a product whatever the others are, so that nobody's change is lost by it.
    ///
    /// - Throws: `APIError` 404.
    func mark(
        _ id: Int64,
        action: String,
        _ mark: @escaping @Sendable (inout Product) -> Void
    ) async throws -> Product {
        try await change(id, action: action, ifMatch: nil, mark)
    }

    /// - Throws: `APIError` 404, 412.
    func delete(_ id: Int64, ifMatch: IfMatch) async throws {
        let now = centre.wallClock.now
        try await centre.database.write { session in
            let store = ProductStore(session)
            guard let product = try store.find(id, of: scope.empresaID) else { throw APIError.notFound }
            try ifMatch.check(product.version)
            try store.markDeleted(product, at: now)
            try tell("product.delete", before: product, after: nil, at: now, in: session)
        }
    }

    /// Puts all products in a new order.
    ///
    /// - Throws: `APIError` 409 unless each is named once: somebody added or removed one meanwhile.
    func reorder(_ ids: [Int64]) async throws {
        let now = centre.wallClock.now
        try await centre.database.write { session in
            let store = ProductStore(session)
            let before = try store.ids(of: scope.empresaID)
            guard ids.count == before.count, Set(ids) == Set(before) else { throw APIError.catalogueChanged }
            for (index, id) in ids.enumerated() {
                guard var product = try store.find(id, of: scope.empresaID) else { throw APIError.catalogueChanged }
                guard product.position != Int64(index) + 1 else { continue }
                product.position = Int64(index) + 1
                product.version += 1
                product.updatedAt = now
                try store.update(product)
            }
            try SnapshotVersion.raiseAll(of: scope.empresaID, at: now, in: session)
            let change = try AuditedChange(
                by: scope.principal.actor,
                at: now,
                action: "product.reorder",
                empresaID: scope.empresaID,
                subject: scope.empresaID,
                before: before,
                after: ids
            )
            try Audit.append(change, in: session)
        }
    }

    // MARK: Parts

    private func change(
        _ id: Int64,
        action: String,
        ifMatch: IfMatch?,
        _ body: @escaping @Sendable (inout Product) throws -> Void
    ) async throws -> Product {
        let now = centre.wallClock.now
        return try await centre.database.write { session in
            let store = ProductStore(session)
            guard let current = try store.find(id, of: scope.empresaID) else { throw APIError.notFound }
            try ifMatch?.check(current.version)
            var product = current
            try body(&product)
            guard product != current else { return current }
            product.version += 1
            product.updatedAt = now
            try RouterStore(session).check(product.routerIDs, of: scope.empresaID)
            try store.update(product)
            try tell(action, before: current, after: product, at: now, in: session)
            return product
        }
    }

    /// The log, and the boxes that sell it or sold it until now.
    private func tell(
        _ action: String,
        before: Product?,
        after: Product?,
        at now: Timestamp,
        in session: any SQLSession
    ) throws {
        let change = try AuditedChange(
            by: scope.principal.actor,
            at: now,
            action: action,
            empresaID: scope.empresaID,
            subject: String((after ?? before)?.id ?? 0),
            before: before.map(ProductBody.init),
            after: after.map(ProductBody.init)
        )
        try Audit.append(change, in: session)
        let routers = [before, after].compactMap { $0?.routerIDs }
        try SnapshotVersion.raise(routers: routers, of: scope.empresaID, at: now, in: session)
    }
}

extension APIError {
    /// 409
    fileprivate static var catalogueFull: APIError {
        let message = "El catálogo ya tiene \(ProductDesk.maximumProducts) fichas. Borra alguna."
        return APIError(.conflict, code: "too_many_products", message: message)
    }

    /// 409
    fileprivate static var catalogueChanged: APIError {
        APIError(
            .conflict,
            code: "catalogue_changed",
            message: "El orden debe nombrar cada ficha una vez, y el catálogo tiene otras. Vuelve a leerlo."
        )
    }
}
