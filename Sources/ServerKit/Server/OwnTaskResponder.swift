public import Hummingbird

/// Deals with each request in a task of its own, which ends with the head of the answer.
///
/// A task keeps what its deepest call needed until it ends, and a connection is one task: eight kilobytes of middleware and
/// handlers for each that is open and has nothing to do.
public struct OwnTaskResponder<Base: HTTPResponder>: HTTPResponder where Base.Context: Sendable {
    private let base: Base

    public init(_ base: Base) {
        self.base = base
    }

    public func respond(to request: Request, context: Base.Context) async throws -> Response {
        async let response = base.respond(to: request, context: context)
        return try await response
    }
}
