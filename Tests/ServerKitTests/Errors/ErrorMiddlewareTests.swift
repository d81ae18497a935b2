import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServerKit

struct ErrorMiddlewareTests {
    struct Unforeseen: Error {
        let password = "hunter2"
    }

    struct Purchase: Encodable {
        let id: String
        let amountCents: Int64

        enum CodingKeys: String, CodingKey {
            case id
            case amountCents = "amount_cents"
        }
    }

    @Test func anErrorOfOursIsAnsweredAsItIs() async throws {
        let test = ServerTest()
        test.router.get("declined") { _, _ -> Response in
            var error = APIError(.conflict, code: "card_declined", message: "El banco no aprobó la tarjeta.")
            error.extra = ["purchase": Purchase(id: "p1", amountCents: 1_000), "error": "ignorado"]
            error.retryAfterSeconds = 30
            throw error
        }
        let response = try await test.request("/declined")
        let id = try #require(response.headers[.requestID])
        #expect(response.status == .conflict)
        #expect(response.headers[.contentType] == "application/json; charset=utf-8")
        #expect(response.headers[.retryAfter] == "30")
        #expect(
            response.text == """
                {"error":{"code":"card_declined","message":"El banco no aprobó la tarjeta.","request_id":"\(id)"},\
                "purchase":{"amount_cents":1000,"id":"p1"}}
                """
        )
    }

    @Test func anUnknownErrorIsHiddenAndLoggedOnce() async throws {
        let test = ServerTest()
        test.router.get("broken") { _, _ -> Response in throw Unforeseen() }
        let response = try await test.request("/broken?token=secreto")
        #expect(response.status == .internalServerError)
        #expect(try response.error()["code"] == "internal_error")
        #expect(!response.text.contains("hunter2"))

        let records = try test.log.records()
        let errors = records.filter { $0["level"] == "error" }
        #expect(errors.count == 1)
        #expect(errors.first?["request_id"] == response.headers[.requestID])
        #expect(errors.first?["error_type"] == "Unforeseen")
        #expect(!records.contains { $0.values.contains { $0.contains("secreto") } })
    }

    @Test func whatIsNotTheServersFaultIsNotLoggedAsAnError() async throws {
        let test = ServerTest()
        test.router.get("refused") { _, _ -> Response in throw HTTPError(.conflict, message: "detalle interno") }
        let response = try await test.request("/refused")
        #expect(response.status == .conflict)
        #expect(try response.error()["code"] == "request_refused")
        #expect(!response.text.contains("detalle"))
        #expect(try test.log.records().allSatisfy { $0["level"] == "info" })
    }

    @Test(arguments: [
        (HTTPResponse.Status.badRequest, "bad_request"), (.unauthorized, "unauthorized"), (.forbidden, "forbidden"),
        (.notFound, "not_found"), (.methodNotAllowed, "method_not_allowed"), (.contentTooLarge, "body_too_large"),
        (.unsupportedMediaType, "unsupported_media_type"), (.tooManyRequests, "too_many_requests"),
        (.serviceUnavailable, "unavailable"), (.gone, "request_refused"),
    ])
    func errorsOfTheFrameworkKeepTheirStatus(status: HTTPResponse.Status, code: String) async throws {
        let test = ServerTest()
        test.router.get("thrown") { _, _ -> Response in throw HTTPError(status) }
        let response = try await test.request("/thrown")
        #expect(response.status == status)
        #expect(try response.error()["code"] == code)
    }

    @Test func aStatusThatIsAFaultOfOursBecomesAn500() async throws {
        let test = ServerTest()
        test.router.get("thrown") { _, _ -> Response in throw HTTPError(.badGateway) }
        #expect(try await test.request("/thrown").status == .internalServerError)
    }

    @Test func unknownPathsAndMethodsAreOurJSON() async throws {
        let test = ServerTest()
        test.router.get("known") { _, _ in "ok" }
        for (uri, method) in [("/unknown/<script>", HTTPRequest.Method.get), ("/known", .post), ("/", .get)] {
            let response = try await test.request(uri, method: method)
            #expect(response.status == .notFound)
            #expect(try response.error()["code"] == "not_found")
            #expect(try response.error()["request_id"] == response.headers[.requestID])
            #expect(!response.text.contains("script"))
        }
    }

    @Test func aHandlerThatReadsTooMuchIsA413() async throws {
        let test = ServerTest()
        test.router.post("upload") { request, _ in try await request.body.collect(upTo: 4) }
        let response = try await test.request("/upload", method: .post, body: "cinco")
        #expect(response.status == .contentTooLarge)
        #expect(try response.error()["code"] == "body_too_large")
    }

    @Test func aMemberThatCannotBeEncodedBecomesAn500() async throws {
        let test = ServerTest()
        test.router.get("odd") { _, _ -> Response in
            var error = APIError(.conflict, code: "odd", message: "Raro.")
            error.extra = ["value": Double.nan]
            throw error
        }
        let response = try await test.request("/odd")
        #expect(response.status == .internalServerError)
        #expect(try response.error()["code"] == "internal_error")
    }

    @Test func aReaderWhoPrefersHTMLGetsThePage() async throws {
        let test = ServerTest { $0.renderHTML = { error, id in "<p>\(error.code) \(id)" } }
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        let page = try await test.request("/nothing", headers: [.accept: browser])
        #expect(page.status == .notFound)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.text == "<p>not_found \(page.headers[.requestID] ?? "")")

        for accept in ["*/*", "application/json", "text/html;q=0.1, application/json", "text/html;q=0"] {
            let response = try await test.request("/nothing", headers: [.accept: accept])
            #expect(try response.error()["code"] == "not_found", "\(accept)")
        }
    }
}
