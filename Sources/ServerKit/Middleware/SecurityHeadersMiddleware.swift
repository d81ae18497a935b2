import HTTPTypes
import Hummingbird

/// Headers every answer has unless the handler chose its own: `nosniff`, a content security policy, no referrer,
/// and no caching (OWASP ASVS 3.4.3–3.4.6 and 14.3.2, reference `reliability.md` §6.1).
struct SecurityHeadersMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    private let contentSecurityPolicy: String

    /// - Parameter contentSecurityPolicy: The whole policy, `frame-ancestors` included.
    init(contentSecurityPolicy: String) {
        self.contentSecurityPolicy = contentSecurityPolicy
    }

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        setDefault(.contentSecurityPolicy, contentSecurityPolicy, in: &response.headers)
        setDefault(.referrerPolicy, "no-referrer", in: &response.headers)
        setDefault(.cacheControl, "no-store", in: &response.headers)
        return response
    }

    private func setDefault(_ name: HTTPField.Name, _ value: String, in headers: inout HTTPFields) {
        if !headers.contains(name) { headers[name] = value }
    }
}
