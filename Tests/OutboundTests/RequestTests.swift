import Logging
import Outbound
import Shared
import TestSupport
import Testing

/// What may be asked at all, and what describing it shows.
@Suite struct RequestTests {
    @Test(arguments: [
        "http://api.conekta.io/orders", "http://127.0.0.1.example.mx/", "http://127.evil.mx/", "http://128.0.0.1/",
        "http://localhost.example.mx/", "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "127.0.0.1",
        "//127.0.0.1/", "", "https://", "https://user@example.mx/", "https://user:secret@example.mx/",
        "https://:secret@example.mx/", "https://exa mple.mx/", "https://127.0.0.1/a\r\nX-Evil: 1",
    ])
    func whereNothingIsSent(url: String) async throws {
        #expect(try await testClient().send(.get(url)) == .notSent(.invalidRequest))
    }

    @Test(arguments: ["127.0.0.1", "127.1", "0x7f000001", "localhost"]) func plainHTTPToThisMachine(
        host: String
    ) async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        #expect(try await testClient().send(.get("http://\(host):\(server.port)/")).response != nil)
    }

    /// A name that resolves to this machine and is not known as loopback stands for an address of the LAN.
    @Test func plainHTTPToAnotherHostMustBeAskedFor() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        var request = OutboundRequest.get("http://0.0.0.0:\(server.port)/")
        #expect(try await testClient().send(request) == .notSent(.invalidRequest))
        request.allowsPlainHTTP = true
        #expect(try await testClient().send(request).response != nil)
    }

    @Test(arguments: [
        ("X-A", "1\r\nX-Evil: 1"), ("X-A", "1\nX-Evil: 1"), ("X-A", "1\0"), ("X-A", ""), ("X-A", "  "),
        ("X-A: 1\r\nX-Evil", "1"), ("X A", "1"), ("", "1"), ("X-Ñ", "1"),
    ])
    func headersThatAreNotOneLine(name: String, value: String) async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        var request = OutboundRequest.get(server.url)
        request.headers = [name: Secret(value)]
        #expect(try await testClient().send(request) == .notSent(.invalidRequest))
        #expect(server.connectionCount == 0)
    }

    @Test func noDescriptionShowsWhatTravels() async throws {
        let server = try RawServer { _ in
            .http(402, "{\"email\":\"ana-body@example.mx\"}", headers: ["X-Key": "ana-header"])
        }
        defer { server.stop() }
        var request = OutboundRequest.post(server.url, body: "{\"token_id\":\"ana-token\"}")
        request.headers["Authorization"] = Secret("Bearer ana-key")
        let outcome = try await testClient().send(request)
        let response = try #require(outcome.response)
        #expect("\(outcome)" == "answered: 402 with 31 bytes")
        for value in [request, outcome, response] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("ana-"), "\(text)")
            }
        }
    }
}
