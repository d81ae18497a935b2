import Hummingbird
import ServerKit

/// Which boxes a list shows: `?site_id=`, `?is_blocked=`, `?is_forked=`, and for who sees all of them `?empresa_id=`.
struct BoxFilter: Sendable, Equatable {
    var empresaID: String?
    var siteID: String?
    var isBlocked: Bool?
    var isForked: Bool?

    /// - Parameter own: The only empresa whose boxes may be seen; nil for all.
    /// - Throws: `APIError` 422.
    init(_ request: Request, own: String?) throws(APIError) {
        let query = request.uri.queryParameters
        empresaID = own ?? query["empresa_id"].map(String.init)
        siteID = query["site_id"].map(String.init)
        isBlocked = try request.flag("is_blocked")
        isForked = try request.flag("is_forked")
    }
}
