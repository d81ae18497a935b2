import ConektaSimulator
import Foundation
import Shared
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConektaSimulatorServerTests {
    private static let order = String(decoding: Desk.orderBody(token: "tok_test_visa_4242").data, as: UTF8.self)

    @Test func `the wire carries the recorded headers and the body`() async throws {
        try await LiveSimulator.run { live in
            let answer = try await live.exchange("POST", "/orders", body: Self.order)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            let head = answer.lowercased()
            #expect(head.contains("\r\ncontent-type: application/vnd.conekta-v2.3.0+json; charset=utf-8\r\n"))
            #expect(head.contains("\r\nconekta-media-type: conekta-v2.3.0; format=application/json\r\n"))
            #expect(head.contains("\r\naccess-control-allow-origin: *\r\n"))
            #expect(answer.contains("\"payment_status\":\"paid\""))
            #expect(live.core.snapshot.capturedCents == 5_000)
        }
    }

    @Test func `a browser's preflight is answered without a key`() async throws {
        try await LiveSimulator.run { live in
            let client = try RawClient(port: live.ports.api)
            client.send(
                "OPTIONS",
                "/tokens",
                headers: [
                    "Origin": "http://portal.example", "Access-Control-Request-Method": "POST", "Connection": "close",
                ]
            )
            let answer = await client.receiveAll().lowercased()
            #expect(answer.hasPrefix("http/1.1 204"))
            #expect(
                answer.contains("access-control-allow-headers: accept, accept-language, authorization, content-type")
            )
        }
    }

    @Test func `one connection serves several calls`() async throws {
        try await LiveSimulator.run { live in
            let client = try RawClient(port: live.ports.api)
            client.send("GET", "/orders", headers: live.keyHeaders)
            client.send("GET", "/charges", headers: live.keyHeaders.merging(["Connection": "close"]) { $1 })
            #expect(await client.receiveAll().components(separatedBy: "HTTP/1.1 200 OK").count == 3)
        }
    }

    @Test(arguments: [true, false])
    func `a closed connection carries not a byte`(executed: Bool) async throws {
        try await LiveSimulator.run { live in
            live.core.script(Fault(executed ? .once : .never, answer: .closed), on: .createOrder)
            let received = try await live.exchange("POST", "/orders", body: Self.order)
            #expect(received == "")
            #expect(live.core.snapshot.capturedCents == (executed ? 5_000 : 0))
        }
    }

    @Test func `a cut body is shorter than its length says`() async throws {
        try await LiveSimulator.run { live in
            live.core.script(Fault(answer: .cutBody), on: .createOrder)
            let answer = try await live.exchange("POST", "/orders", body: Self.order)
            let parts = answer.components(separatedBy: "\r\n\r\n")
            let head = try #require(parts.first).lowercased()
            let promised = try #require(head.firstMatch(of: /content-length: ([0-9]+)/).flatMap { Int($0.1) })
            #expect(parts.last?.utf8.count == promised / 2)
        }
    }

    @Test func `trouble of the API and of a proxy look different`() async throws {
        try await LiveSimulator.run { live in
            live.core.script(Fault(.never, answer: .error(status: 500)))
            live.core.script(Fault(.never, answer: .html(status: 502)))
            let failure = try await live.exchange("POST", "/orders", body: Self.order)
            #expect(failure.hasPrefix("HTTP/1.1 500"))
            #expect(failure.contains("\"type\":\"api_error\""))
            let page = try await live.exchange("POST", "/orders", body: Self.order)
            #expect(page.hasPrefix("HTTP/1.1 502"))
            #expect(page.lowercased().contains("content-type: text/html"))
        }
    }

    @Test func `silence stays silent until nobody can be waiting`() async throws {
        try await LiveSimulator.run { live in
            live.core.script(Fault(answer: .silence), on: .createOrder)
            let client = try RawClient(port: live.ports.api)
            client.send("POST", "/orders", headers: live.keyHeaders, body: Self.order)
            await live.clock.waitForSleepers()
            #expect(client.isQuiet)
            #expect(live.core.snapshot.capturedCents == 5_000)
            live.clock.advance(by: .seconds(600))
            #expect(await client.receiveAll() == "")
        }
    }

    @Test func `latency delays the answer, not the execution`() async throws {
        try await LiveSimulator.run { live in
            live.core.setLatency(.seconds(3), for: .createOrder)
            let client = try RawClient(port: live.ports.api)
            client.send(
                "POST",
                "/orders",
                headers: live.keyHeaders.merging(["Connection": "close"]) { $1 },
                body: Self.order
            )
            await live.clock.waitForSleepers()
            #expect(client.isQuiet)
            #expect(live.core.snapshot.capturedCents == 5_000)
            live.clock.advance(by: .seconds(3))
            #expect(await client.receiveAll().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a body beyond the limit is refused`() async throws {
        try await LiveSimulator.run { live in
            let client = try RawClient(port: live.ports.api)
            let closing = ["Connection": "close"]
            client.send(
                "POST",
                "/orders",
                headers: live.keyHeaders.merging(closing) { $1 },
                body: String(repeating: " ", count: 1_100_000)
            )
            #expect(await client.receiveAll().hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `the control port is not the API, nor the other way round`() async throws {
        try await LiveSimulator.run { live in
            let misplaced = try await live.exchange("GET", "/_control/ledger")
            #expect(misplaced.hasPrefix("HTTP/1.1 404"))
            let ledger = try await live.exchange("GET", "/_control/ledger", control: true)
            #expect(ledger.hasPrefix("HTTP/1.1 200"))
            let orders = try await live.exchange("GET", "/orders", control: true)
            #expect(orders.hasPrefix("HTTP/1.1 404"))
        }
    }
}
