import Hummingbird
import ServerKit

/// Which part of a list is asked for: `?limit=` (1 to 200, else 50) and `?cursor=`, from the part before it.
struct PageRequest: Sendable, Equatable {
    static let maximumLimit = 200
    static let usualLimit = 50

    let limit: Int
    /// Where the part before ended; nil for the first.
    let after: PageCursor?

    /// - Throws: `APIError` 422.
    init(_ request: Request) throws(APIError) {
        let query = request.uri.queryParameters
        if let text = query["limit"] {
            guard let limit = Int(text), (1...Self.maximumLimit).contains(limit) else {
                throw .invalidField("limit", "debe ser un número de 1 a \(Self.maximumLimit)")
            }
            self.limit = limit
        } else {
            limit = Self.usualLimit
        }
        if let text = query["cursor"] {
            guard let cursor = PageCursor(text: String(text)) else { throw .invalidCursor }
            after = cursor
        } else {
            after = nil
        }
    }

    /// For `LIMIT $n`: one row more than is shown, which tells whether there is a next part.
    var fetchLimit: SQLValue { .integer(Int64(limit) + 1) }
}

extension APIError {
    /// 422: not a cursor of this list.
    static var invalidCursor: APIError { .invalidField("cursor", "no es válido") }
}
