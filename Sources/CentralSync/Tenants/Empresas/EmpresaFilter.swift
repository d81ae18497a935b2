import Hummingbird
import ServerKit

/// Which empresas a list shows: `?is_disabled=`.
struct EmpresaFilter: Sendable, Equatable {
    var isDisabled: Bool?

    /// - Throws: `APIError` 422.
    init(_ request: Request) throws(APIError) {
        isDisabled = try request.flag("is_disabled")
    }
}

extension Request {
    /// A truth in the query; nil when it is not there.
    ///
    /// - Throws: `APIError` 422.
    func flag(_ name: String) throws(APIError) -> Bool? {
        guard let text = uri.queryParameters[name[...]] else { return nil }
        guard let value = Bool(String(text)) else { throw .invalidField(name, "debe ser true o false") }
        return value
    }
}
