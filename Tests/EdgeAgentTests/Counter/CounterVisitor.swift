import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// A browser at the counter.
struct CounterVisitor: Sendable {
    let client: any TestClientProtocol
    var address = "192.168.1.10"
    var cookie: String?

    func get(_ path: String) async throws -> PortalAnswer {
        PortalAnswer(try await client.execute(uri: path, method: .get, headers: headers))
    }

    func post(_ path: String, _ fields: [String: String]) async throws -> PortalAnswer {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return PortalAnswer(
            try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
        )
    }

    /// The form of the page that asks for the money.
    func chargeForm(_ path: String = CounterVisitor.hour) async throws -> [String: String] {
        let page = try await get(path)
        #expect(page.status == .ok, "\(page.body)")
        var form: [String: String] = [:]
        for name in ["llave", "venta", "precio"] {
            let value = try #require(page.value(ofInput: name))
            form[name] = value
        }
        return form
    }

    /// Sells an hour.
    ///
    /// - Returns: The path of the slip, and the slip.
    func sell() async throws -> (path: String, slip: PortalAnswer) {
        let path = try #require(try await post(Self.hour, try await chargeForm()).location)
        return (path, try await get(path))
    }

    /// The key of the session's forms.
    func formKey() async throws -> String {
        try #require(try await get("/mostrador").value(ofInput: "llave"))
    }

    static let hour = "/mostrador/r/r1/cobrar/1"

    private var headers: HTTPFields {
        var headers: HTTPFields = [.accept: "text/html", .from: address]
        headers[.cookie] = cookie
        return headers
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
