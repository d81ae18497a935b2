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
        let body = try Self.body(token: token, product: product, changes: changes)
        return try await pay(body: body, headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }

    private static func body(token: String, product: Int, changes: [String: Any?] = [:]) throws -> Data {
        var fields: [String: Any?] = [
            "product_id": product, "card_token": token, "customer_name": "Ana Pérez",
            "customer_email": "ana@example.mx", "mac_address": RunningSite.phoneMACAddress, "auto_connect": false,
        ]
        fields.merge(changes) { $1 }
        return try JSONSerialization.data(withJSONObject: fields.compactMapValues { $0 })
    }

    /// As ``pay(token:key:product:changes:)``, at a box that may die under it.
    func payUnderFire(token: String, key: String) async throws -> Answer {
        let answer = try await plain.exchange(
            "POST",
            "/payments/pagar-conekta",
            accept: "application/json",
            headers: ["Idempotency-Key": key, "X-API-Key": RunningSite.apiKey],
            body: try Self.body(token: token, product: 1)
        )
        return Answer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    func pay(body: Data, headers: [String: String] = [:]) async throws -> Answer {
        let json = ["Content-Type": "application/json"].merging(headers) { $1 }
        return try await send("POST", "/payments/pagar-conekta", body: body, headers: json)
    }

    /// `POST /r/{router}/comprar/{product}`, as the card page sends it; the redirection that answers it is not followed.
    func payOnPortal(token: String, attempt: String, product: Int = 1) async throws -> PlainHTTP.Answer {
        let fields = [
            "card_token": token, "intento": attempt, "customer_name": "Ana", "customer_email": "ana@example.mx",
        ]
        let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return try await plain.exchange(
            "POST",
            "/r/\(RunningSite.routerID)/comprar/\(product)",
            contentType: "application/x-www-form-urlencoded",
            body: Data(body.utf8)
        )
    }

    private var plain: PlainHTTP { PlainHTTP(port: UInt16(site.address.port ?? 0)) }

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
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        let fields = response.allHeaderFields.reduce(into: [String: String]()) { fields, field in
            fields["\(field.key)".lowercased()] = "\(field.value)"
        }
        let answer = Answer(status: response.statusCode, headers: fields, body: data)
        ExchangeLog.current?.add(method, path, answer)
        return answer
    }
}
