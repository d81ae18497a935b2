import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import ServerKit

struct ObservationMiddlewareTests {
    @Test func oneLineSaysWhatHappenedAndNothingSecret() async throws {
        let test = ServerTest()
        test.router.get("payments/:purchase_id") { _, _ in "hola" }
        let response = try await test.request(
            "/payments/p-42?key=jwt_secreto",
            headers: [.authorization: "Bearer jwt_secreto"]
        )
        let text = test.log.text()
        #expect(!text.contains("secreto"))
        #expect(!text.contains("p-42"))

        _ = try await test.request("/payments/p-42?key=jwt_secreto")
        let record = try #require(try test.log.records().first)
        #expect(record["level"] == "info")
        #expect(record["message"] == "Request")
        #expect(record["method"] == "GET")
        #expect(record["route"] == "/payments/{purchase_id}")
        #expect(record["status"] == "200")
        #expect(record["bytes"] == "4")
        #expect(record["duration_ms"].flatMap(Int.init) ?? -1 >= 0)
        #expect(record["hb.request.id"] == nil)
        #expect(record["request_id"] != response.headers[.requestID])
    }

    @Test func theRequestIDIsOursOnEveryAnswer() async throws {
        let test = ServerTest()
        test.router.get("id") { _, context in context.id }
        let response = try await test.request("/id", headers: [.requestID: "suyo"])
        let id = try #require(response.headers[.requestID])
        #expect(response.text == id)
        #expect(id.count == 12 && id.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLowercase) })
        #expect(try await test.request("/id").headers[.requestID] != id)
        #expect(try await test.request("/nothing").headers[.requestID] != nil)
    }

    @Test func whatAHandlerLogsCarriesTheRequestID() async throws {
        let test = ServerTest()
        test.router.get("logs") { _, context in
            context.logger.info("by the context")
            Logger.current.info("by the task")
            return "ok"
        }
        let response = try await test.request("/logs")
        let records = try test.log.records().filter { $0["message"]?.hasPrefix("by the") == true }
        #expect(records.count == 2)
        #expect(records.allSatisfy { $0["request_id"] == response.headers[.requestID] })
    }

    @Test func metricsAreCountedByTemplateAndKnownMethods() async throws {
        let test = ServerTest()
        test.router.get("payments/:purchase_id") { _, _ in "hola" }
        for index in 0..<20 {
            _ = try await test.request("/payments/\(index)")
            _ = try await test.request("/unknown/\(index)")
            let method = try #require(HTTPRequest.Method("INVENTED\(index)"))
            _ = try await test.request("/payments/\(index)", method: method)
        }
        let lines = test.metrics.text().split(separator: "\n").filter { $0.hasPrefix("http_requests_total") }
        #expect(
            lines == [
                #"http_requests_total{method="GET",route="/payments/{purchase_id}",status="200"} 20"#,
                #"http_requests_total{method="GET",route="not_found",status="404"} 20"#,
                #"http_requests_total{method="other",route="not_found",status="404"} 20"#,
            ]
        )
        #expect(test.metrics.text().contains("http_request_duration_seconds_count{"))
    }
}
