import HTTPTypes
import Hummingbird
import ServerKit
import Shared

/// Tells which router a request is for, by its `X-API-Key`.
///
/// The key is public by nature: it stands in a web page. It identifies, and lets buy at its router, nothing else.
struct APIKeyGate: Sendable {
    let inForce: SiteInForce
    let wallClock: WallClock

    /// - Throws: `APIError` 401.
    func router(of request: Request) throws(APIError) -> SiteSnapshot.Router {
        do {
            return try inForce.site.router(apiKey: request.headers[.apiKey], now: wallClock.now)
        } catch {
            throw switch error {
            case .missing: APIError(.unauthorized, code: "api_key_missing", message: "Falta la llave X-API-Key.")
            case .unknown: APIError(.unauthorized, code: "api_key_invalid", message: "La llave X-API-Key no es válida.")
            case .expired: APIError(.unauthorized, code: "api_key_expired", message: "La llave X-API-Key ya venció.")
            }
        }
    }
}
