import Hummingbird
import ServerKit

/// Which products a list shows: `?active=`, `?featured=`, and `?router_id=` for what that router sells.
struct ProductFilter: Sendable, Equatable {
    var isActive: Bool?
    var isFeatured: Bool?
    var routerID: String?

    /// - Throws: `APIError` 422.
    init(_ request: Request) throws(APIError) {
        isActive = try request.flag("active")
        isFeatured = try request.flag("featured")
        routerID = request.uri.queryParameters["router_id"].map(String.init)
    }
}
