import Shared

/// A request with all that its execution needs to know, so that it can also be executed later.
struct ConektaCall: Sendable {
    let request: ConektaRequest
    let endpoint: Endpoint
    let orderID: String?
    /// The body where it is JSON.
    let body: JSONValue?
    /// What a fault changes about the charge.
    var tampering: ChargeTampering?

    init(_ request: ConektaRequest) {
        self.request = request
        (endpoint, orderID) = Endpoint.matching(method: request.method, path: request.path)
        body = request.body.isEmpty ? nil : try? JSONValue(parsing: request.body)
    }

    /// Conekta speaks Spanish unless it is asked for English (reference `conekta.md` §1).
    var speaksEnglish: Bool { request.headers["accept-language"]?.hasPrefix("en") ?? false }

    /// The body as JSON. Throws 400 when it is not, or is not said to be.
    func json() throws(ConektaRejection) -> JSONValue {
        guard let body, request.headers["content-type"]?.contains("json") == true else { throw .malformedBody }
        return body
    }

    /// The body as JSON, or an empty object where the call may come without one.
    func optionalJSON() throws(ConektaRejection) -> JSONValue {
        request.body.isEmpty ? [:] : try json()
    }
}
