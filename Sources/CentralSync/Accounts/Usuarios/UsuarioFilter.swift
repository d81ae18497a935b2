import Hummingbird
import ServerKit

/// Which people a list shows.
struct UsuarioFilter: Sendable, Equatable {
    var empresaID: String?
    var role: Role?

    /// - Throws: `APIError` 422.
    init(_ request: Request, reach: UsuarioReach) throws(APIError) {
        let query = request.uri.queryParameters
        empresaID = reach.empresaID ?? query["empresa_id"].map(String.init)
        if let text = query["role"] {
            guard let role = Role(rawValue: String(text)) else { throw .invalidField("role", "no existe") }
            self.role = role
        }
    }
}
