import Hummingbird
import ServerKit

/// Which resellers a list shows: `?active=`.
struct ResellerFilter: Sendable, Equatable {
    var isActive: Bool?

    /// - Throws: `APIError` 422.
    init(_ request: Request) throws(APIError) {
        isActive = try request.flag("active")
    }
}
