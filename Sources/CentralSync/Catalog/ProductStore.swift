import Foundation
import Shared

/// The catalogue in the database, within one transaction.
struct ProductStore {
    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    /// Nil for one that was deleted too.
    func find(_ id: Int64, of empresaID: String) throws -> Product? {
        try session.first(
            "SELECT * FROM product WHERE empresa_id = $1 AND product_id = $2 AND is_deleted = 0",
            [.text(empresaID), .integer(id)]
        ).map(product)
    }

    /// As buyers see them, from after the cursor on.
    func list(of empresaID: String, _ filter: ProductFilter, page: PageRequest) throws -> [Product] {
        try session.query(
            """
            SELECT * FROM product
            WHERE empresa_id = $1 AND is_deleted = 0 AND (position > $2 OR (position = $2 AND product_id > $3))
                AND ($4 = -1 OR is_active = $4) AND ($5 = -1 OR is_featured = $5)
                AND ($6 = '' OR EXISTS (
                    SELECT 1 FROM product_router
                    WHERE product_router.empresa_id = $1 AND product_router.product_id = product.product_id
                        AND product_router.router_id = $6
                ) OR NOT EXISTS (
                    SELECT 1 FROM product_router
                    WHERE product_router.empresa_id = $1 AND product_router.product_id = product.product_id
                ))
            ORDER BY position, product_id LIMIT $7
            """,
            [
                .text(empresaID), .integer(try page.after?.integer(0) ?? -1),
                .integer(try page.after?.integer(1) ?? -1), filter.isActive.map(SQLValue.init) ?? -1,
                filter.isFeatured.map(SQLValue.init) ?? -1, .text(filter.routerID ?? ""), page.fetchLimit,
            ]
        ).map(product)
    }

    /// The numbers of all that are not deleted, as buyers see them.
    func ids(of empresaID: String) throws -> [Int64] {
        try session.query(
            """
            SELECT product_id FROM product WHERE empresa_id = $1 AND is_deleted = 0 ORDER BY position, product_id
            """,
            [.text(empresaID)]
        ).map { try $0.integer("product_id") }
    }

    /// The next number, and the place after the last one. Nobody else gets either until the transaction ends.
    func next(of empresaID: String) throws -> (id: Int64, position: Int64) {
        let row = try session.first(
            "UPDATE empresa SET last_product_id = last_product_id + 1 WHERE empresa_id = $1 RETURNING last_product_id",
            [.text(empresaID)]
        )
        let last = try session.first(
            "SELECT MAX(position) AS position FROM product WHERE empresa_id = $1 AND is_deleted = 0",
            [.text(empresaID)]
        )?.optionalInteger("position")
        guard let id = try row?.integer("last_product_id") else {
            throw CentralDatabaseError.constraint("no such empresa")
        }
        return (id, (last ?? 0) + 1)
    }

    func insert(_ product: Product) throws {
        try session.execute(
            """
            INSERT INTO product (empresa_id, product_id, name, price_cents, currency, duration_seconds, clock,
                mikrotik_profile, position, is_featured, is_active, details, data_limit_bytes, is_deleted, version,
                created_at_ms, updated_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, $15, $15)
            """,
            try values(of: product) + [.integer(product.version), .integer(product.createdAt.milliseconds)]
        )
        try insertRouters(of: product)
    }

    /// Writes what a person changes; the version is the caller's to raise.
    func update(_ product: Product) throws {
        try session.execute(
            """
            UPDATE product SET name = $3, price_cents = $4, currency = $5, duration_seconds = $6, clock = $7,
                mikrotik_profile = $8, position = $9, is_featured = $10, is_active = $11, details = $12,
                data_limit_bytes = $13, version = $14, updated_at_ms = $15
            WHERE empresa_id = $1 AND product_id = $2
            """,
            try values(of: product) + [.integer(product.version), .integer(product.updatedAt.milliseconds)]
        )
        try session.execute(
            "DELETE FROM product_router WHERE empresa_id = $1 AND product_id = $2",
            [.text(product.empresaID), .integer(product.id)]
        )
        try insertRouters(of: product)
    }

    /// It stays for the ventas that name it.
    func markDeleted(_ product: Product, at now: Timestamp) throws {
        try session.execute(
            """
            UPDATE product SET is_deleted = 1, version = version + 1, updated_at_ms = $3
            WHERE empresa_id = $1 AND product_id = $2
            """,
            [.text(product.empresaID), .integer(product.id), .integer(now.milliseconds)]
        )
    }

    // MARK: Rows

    private func values(of product: Product) throws -> [SQLValue] {
        let details = try product.details.map { details in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(details), as: UTF8.self)
        }
        return [
            .text(product.empresaID), .integer(product.id), .text(product.name), .integer(product.priceCents),
            .text(product.currency), .integer(product.durationSeconds), .text(product.clock.rawValue),
            .text(product.mikrotikProfile), .integer(product.position), SQLValue(product.isFeatured),
            SQLValue(product.isActive), SQLValue(details), SQLValue(product.dataLimitBytes),
        ]
    }

    private func insertRouters(of product: Product) throws {
        for routerID in product.routerIDs {
            try session.execute(
                "INSERT INTO product_router (empresa_id, product_id, router_id) VALUES ($1, $2, $3)",
                [.text(product.empresaID), .integer(product.id), .text(routerID)]
            )
        }
    }

    private func product(_ row: SQLRow) throws -> Product {
        let (id, empresaID) = (try row.integer("product_id"), try row.text("empresa_id"))
        let routers = try session.query(
            "SELECT router_id FROM product_router WHERE empresa_id = $1 AND product_id = $2 ORDER BY router_id",
            [.text(empresaID), .integer(id)]
        )
        guard let clock = FichaClock(rawValue: try row.text("clock")) else { throw SQLRow.Mismatch(column: "clock") }
        return Product(
            id: id,
            empresaID: empresaID,
            name: try row.text("name"),
            priceCents: try row.integer("price_cents"),
            currency: try row.text("currency"),
            durationSeconds: try row.integer("duration_seconds"),
            clock: clock,
            mikrotikProfile: try row.text("mikrotik_profile"),
            dataLimitBytes: try row.optionalInteger("data_limit_bytes"),
            position: try row.integer("position"),
            isFeatured: try row.bool("is_featured"),
            isActive: try row.bool("is_active"),
            routerIDs: try routers.map { try $0.text("router_id") },
            details: try row.optionalText("details").map { text in
                try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
            },
            version: try row.integer("version"),
            createdAt: Timestamp(milliseconds: try row.integer("created_at_ms")),
            updatedAt: Timestamp(milliseconds: try row.integer("updated_at_ms"))
        )
    }
}
