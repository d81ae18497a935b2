import HTTPTypes
import Hummingbird
import ServerKit

/// What an empresa sells.
struct ProductController: Sendable {
    private static let path = "/products"

    let centre: Centre

    func addRoutes(to router: AccessRouter) {
        router.get(Self.path, .empresa(.superAdmin, .clienteAdmin, .cajero)) { request, _, scope in
            let (filter, page) = (try ProductFilter(request), try PageRequest(request))
            return try JSONAnswer(try await desk(scope).list(filter, page: page)).response()
        }
        router.get(Self.path + "/:product_id", .empresa(.superAdmin, .clienteAdmin, .cajero)) { _, context, scope in
            try Self.answer(try await desk(scope).find(Self.id(context)))
        }
        router.post(Self.path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let product = try await desk(scope).create(try await request.decodeJSON(ProductDraft.self))
            var fields = product.tag.fields
            fields[.location] = "\(Self.path)/\(product.id)"
            return try JSONAnswer(ProductBody(product)).response(status: .created, headers: fields)
        }
        router.put(Self.path + "/:product_id", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let current = try await desk(scope).find(Self.id(context))
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(ProductDraft.self)
            return try Self.answer(try await desk(scope).update(current.id, to: draft, ifMatch: ifMatch))
        }
        router.delete(Self.path + "/:product_id", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in
            let current = try await desk(scope).find(Self.id(context))
            try await desk(scope).delete(current.id, ifMatch: try IfMatch(request))
            return Response(status: .noContent)
        }
        addMarks(to: router)
    }

    private func addMarks(to router: AccessRouter) {
        router.post(Self.path + "/reorder", .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            try await desk(scope).reorder(try await request.decodeJSON(OrderBody.self).productIDs)
            return Response(status: .noContent)
        }
        router.post(Self.path + "/:product_id/feature", .empresa(.superAdmin, .clienteAdmin)) {
            request,
            context,
            scope in
            let current = try await desk(scope).find(Self.id(context))
            let isFeatured = try await request.decodeJSON(FeatureBody.self).featured
            return try Self.answer(
                try await desk(scope).mark(current.id, action: "product.feature") { $0.isFeatured = isFeatured }
            )
        }
        router.post(Self.path + "/:product_id/activate", .empresa(.superAdmin, .clienteAdmin)) {
            request,
            context,
            scope in
            let current = try await desk(scope).find(Self.id(context))
            let isActive = try await request.decodeJSON(ActivateBody.self).active
            return try Self.answer(
                try await desk(scope).mark(current.id, action: "product.activate") { $0.isActive = isActive }
            )
        }
    }

    private struct OrderBody: Decodable {
        let productIDs: [Int64]

        enum CodingKeys: String, CodingKey {
            case productIDs = "product_ids"
        }
    }

    private struct FeatureBody: Decodable {
        let featured: Bool
    }

    private struct ActivateBody: Decodable {
        let active: Bool
    }

    private func desk(_ scope: EmpresaScope) -> ProductDesk {
        ProductDesk(centre: centre, scope: scope)
    }

    /// - Throws: 404 for what is no number.
    private static func id(_ context: AppRequestContext) throws -> Int64 {
        guard let id = Int64(try context.parameters.require("product_id")) else { throw APIError.notFound }
        return id
    }

    private static func answer(_ product: Product) throws -> Response {
        try JSONAnswer(ProductBody(product)).response(headers: product.tag.fields)
    }
}
