import HTTPTypes
import ServerKit

/// What a person reads when a request failed.
struct ErrorView: Sendable {
    let identity: PortalIdentity
    let heading: String
    let message: String
    let requestID: String

    init(_ error: APIError, requestID: String, identity: PortalIdentity) {
        self.identity = identity
        heading = error.status == .notFound ? "No encontramos esa página" : "No se pudo hacer"
        message = error.message
        self.requestID = requestID
    }
}
