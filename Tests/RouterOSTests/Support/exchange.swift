import RouterOS
import Testing

/// Runs one typed command against a router that answers each request in turn with the next of `replies`.
///
/// - Returns: the requests' words as the router saw them, and what the command came to.
func exchange<Value: Sendable>(
    _ replies: [[Sentence]],
    _ command: @escaping @Sendable (RouterOSClient) async throws(RouterOSError) -> Value
) async throws -> (requests: [[String]], result: Result<Value, RouterOSError>) {
    var requests: [[String]] = []
    var result: Result<Value, RouterOSError>?
    try await withClient { client, router, _ in
        async let value = outcome(of: command, client)
        let connection = try await router.acceptLogin()
        for reply in replies { requests.append(try await connection.answer(reply)) }
        result = await value
    }
    return (requests, try #require(result))
}

/// Runs a typed command that must be refused before anything is written.
func refusal<Value: Sendable>(
    _ command: @escaping @Sendable (RouterOSClient) async throws(RouterOSError) -> Value
) async throws -> RouterOSError? {
    guard case .failure(let error) = try await exchange([], command).result else { return nil }
    return error
}

private func outcome<Value: Sendable>(
    of command: @Sendable (RouterOSClient) async throws(RouterOSError) -> Value,
    _ client: RouterOSClient
) async -> Result<Value, RouterOSError> {
    do {
        return .success(try await command(client))
    } catch {
        return .failure(error)
    }
}
