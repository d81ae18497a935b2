import HTTPTypes
import Hummingbird
import Logging

/// Turns whatever a handler throws into the one error shape, so that no client sees an empty 500 or our insides.
///
/// Everything that may throw goes inside it; what must also see error answers (log, CORS, security headers) goes
/// outside. A 5xx is logged here, once, at `error`. A reader who prefers HTML gets the page `renderHTML` makes.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    private let renderHTML: @Sendable (_ error: APIError, _ requestID: String) -> String?

    /// - Parameter renderHTML: The page for an error and its request id, or nil to answer JSON.
    init(renderHTML: @escaping @Sendable (_ error: APIError, _ requestID: String) -> String? = { _, _ in nil }) {
        self.renderHTML = renderHTML
    }

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let answer = APIError(describing: error)
            if answer.status.kind == .serverError {
                context.logger.error(
                    "Request failed",
                    metadata: [
                        "status": "\(answer.status.code)", "code": "\(answer.code)",
                        "error_type": "\(type(of: error))", "error": "\(error)",
                    ]
                )
            }
            return try response(to: request, error: answer, context: context)
        }
    }

    private func response(to request: Request, error: APIError, context: AppRequestContext) throws -> Response {
        if AcceptHeader.prefersHTML(request.headers[.accept]), let page = renderHTML(error, context.id) {
            return Response(
                status: error.status,
                headers: error.headers(contentType: "text/html; charset=utf-8"),
                body: ResponseBody(byteBuffer: ByteBuffer(string: page))
            )
        }
        do {
            return try error.response(requestID: context.id)
        } catch {
            context.logger.error("Error answer could not be encoded", metadata: ["error": "\(error)"])
            return try APIError.internalError.response(requestID: context.id)
        }
    }
}
