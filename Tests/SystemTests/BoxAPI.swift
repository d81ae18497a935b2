import Foundation
import FoundationNetworking
import TestSupport

/// The box's API as a portal of the router would call it.
struct BoxAPI: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: Data

        /// The value at a path of names in the JSON body.
        func value(_ path: String...) -> Any? {
            path.reduce(try? JSONSerialization.jsonObject(with: body)) { ($0 as? [String: Any])?[$1] }
        }

        func text(_ path: String...) -> String? {
            path.reduce(try? JSONSerialization.jsonObject(with: body)) { ($0 as? [String: Any])?[$1] } as? String
        }
    }

    let site: RunningSite
    var apiKey: String? = RunningSite.apiKey

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, body: nil, headers: headers)
    }

    /// `POST /payments/pagar-conekta`.
    func pay(
        token: String,
        key: String? = nil,
        product: Int = 1,
        changes: [String: Any?] = [:]
    ) async throws -> Answer {
        var fields: [String: Any?] = [
            "product_id": product, "card_token": token, "customer_name": "Ana Pérez",
            "customer_email": "ana@example.mx", "mac_address": RunningSite.phoneMACAddress, "auto_connect": false,
        ]
        fields.merge(changes) { $1 }
        let body = try JSONSerialization.data(withJSONObject: fields.compactMapValues { $0 })
        return try await pay(body: body, headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }

    func pay(body: Data, headers: [String: String] = [:]) async throws -> Answer {
        let json = ["Content-Type": "application/json"].merging(headers) { $1 }
        return try await send("POST", "/payments/pagar-conekta", body: body, headers: json)
    }

    /// `POST /r/{router}/comprar/{product}`, as the card page sends it; its answer is a redirection, which is not followed.
    func payOnPortal(token: String, attempt: String, product: Int = 1) async throws -> Answer {
        let fields = [
            "card_token": token, "intento": attempt, "customer_name": "Ana", "customer_email": "ana@example.mx",
        ]
        let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return try await send(
            "POST",
            "/r/\(RunningSite.routerID)/comprar/\(product)",
            body: Data(body.utf8),
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]
        )
    }

    /// The name of a fresh attempt, from the card page.
    func newAttempt(product: Int = 1) async throws -> String? {
        let page = try await get("/r/\(RunningSite.routerID)/comprar/\(product)", headers: ["Accept": "text/html"])
        let text = String(decoding: page.body, as: UTF8.self)
        return text.firstMatch(of: /name="intento" value="([^"]+)"/).map { String($0.output.1) }
    }

    func send(_ method: String, _ path: String, body: Data?, headers: [String: String]) async throws -> Answer {
        guard let url = URL(string: site.url(path)) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        request.timeoutInterval = 60
        if let apiKey { request.setValue(apiKey, forHTTPHeaderField: "X-API-Key") }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        // A session of its own: connections of a box that was killed are not to be found again in a pool.
        let session = URLSession(configuration: .ephemeral)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request, delegate: RedirectionStop())
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let fields = response.allHeaderFields.reduce(into: [String: String]()) { fields, field in
            fields["\(field.key)".lowercased()] = "\(field.value)"
        }
        let answer = Answer(status: response.statusCode, headers: fields, body: data)
        ExchangeLog.current?.add(method, path, answer)
        return answer
    }
}

/// Answers are looked at where they are given.
private final class RedirectionStop: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
