import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServerKit

struct HeaderMiddlewareTests {
    @Test func everyAnswerHasTheSecurityHeaders() async throws {
        let test = ServerTest()
        test.router.get("page") { _, _ in "ok" }
        for uri in ["/page", "/nothing"] {
            let headers = try await test.request(uri).headers
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
            #expect(headers[.referrerPolicy] == "no-referrer")
            #expect(headers[.cacheControl] == "no-store")
        }
    }

    @Test func aHandlerMayChooseItsOwnCachingAndPolicy() async throws {
        let test = ServerTest()
        test.router.get("page") { _, _ in
            Response(status: .ok, headers: [.cacheControl: "max-age=60", .contentSecurityPolicy: "default-src 'self'"])
        }
        let headers = try await test.request("/page").headers
        #expect(headers[values: .cacheControl] == ["max-age=60"])
        #expect(headers[values: .contentSecurityPolicy] == ["default-src 'self'"])
    }

    private static func openServer() -> ServerTest {
        let test = ServerTest { $0.crossOriginPathPrefixes = ["/payments"] }
        test.router.post("payments/pagar-conekta") { _, _ in "ok" }
        test.router.get("private") { _, _ in "ok" }
        test.router.get("payments-private") { _, _ in "ok" }
        return test
    }

    @Test func aPreflightOfAnOpenRouteIsAnswered() async throws {
        let response = try await Self.openServer().request(
            "/payments/pagar-conekta",
            method: .options,
            headers: [.origin: "http://login.wifi", .accessControlRequestMethod: "POST"]
        )
        #expect(response.status == .noContent)
        #expect(response.headers[.accessControlAllowOrigin] == "*")
        #expect(response.headers[.accessControlAllowMethods] == "GET, POST")
        #expect(response.headers[.accessControlAllowHeaders] == "X-API-Key, Content-Type, Idempotency-Key")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test func answersOfOpenRoutesCanBeReadErrorsToo() async throws {
        let test = Self.openServer()
        for uri in ["/payments/pagar-conekta", "/payments/nothing", "/payments"] {
            let response = try await test.request(uri, method: .post, headers: [.origin: "http://login.wifi"])
            #expect(response.headers[.accessControlAllowOrigin] == "*", "\(uri)")
        }
    }

    @Test(arguments: ["/private", "/payments-private"])
    func otherRoutesStayClosed(uri: String) async throws {
        let test = Self.openServer()
        let answer = try await test.request(uri, headers: [.origin: "http://login.wifi"])
        #expect(answer.status == .ok)
        #expect(answer.headers[.accessControlAllowOrigin] == nil)
        let preflight = try await test.request(
            uri,
            method: .options,
            headers: [.origin: "http://login.wifi", .accessControlRequestMethod: "GET"]
        )
        #expect(preflight.status == .notFound)
        #expect(preflight.headers[.accessControlAllowOrigin] == nil)
    }
}
