public import Foundation
import FoundationNetworking

/// The control port of a simulator, described in `docs/simuladores.md`.
public struct SimulatorControl: Sendable {
    /// The simulator's answer when it is not a success.
    public struct Refusal: Error, CustomStringConvertible {
        public let description: String
    }

    public let address: URL

    public init(_ address: URL) {
        self.address = address
    }

    /// - Throws: `Refusal`; Foundation's errors.
    @discardableResult
    public func post(_ path: String, _ body: [String: Any] = [:]) async throws -> Data {
        try await send("POST", path, body)
    }

    /// - Throws: `Refusal`; Foundation's errors.
    public func put(_ path: String, _ body: [String: Any]) async throws {
        _ = try await send("PUT", path, body)
    }

    private func send(_ method: String, _ path: String, _ body: [String: Any]) async throws -> Data {
        var request = URLRequest(url: address.appending(path: path))
        request.httpMethod = method
        request.httpBody = try JSONSerialization.data(withJSONObject: body)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        return try await send(request)
    }

    /// - Throws: `Refusal`; Foundation's errors.
    public func delete(_ path: String) async throws {
        var request = URLRequest(url: address.appending(path: path))
        request.httpMethod = "DELETE"
        _ = try await send(request)
    }

    /// Reads a JSON document, such as the ledger, with its names in snake_case.
    ///
    /// - Throws: `Refusal`; Foundation's errors; `DecodingError`.
    public func get<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) async throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Value.self, from: try await send(URLRequest(url: address.appending(path: path))))
    }

    /// A token as Conekta's card form would make it.
    ///
    /// - Throws: `Refusal`; Foundation's errors; `DecodingError`.
    public func cardToken(for cardNumber: String = "4242424242424242") async throws -> String {
        struct Answer: Decodable { let token: String }
        let data = try await post("_control/tokens", ["card_number": cardNumber])
        return try JSONDecoder().decode(Answer.self, from: data).token
    }

    private func send(_ request: URLRequest) async throws -> Data {
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200...299).contains(status) else {
            throw Refusal(description: "\(status) \(String(decoding: data, as: UTF8.self))")
        }
        return data
    }
}
