import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServerKit

struct RequestDecodingTests {
    struct Order: Decodable {
        struct Line: Decodable {
            let name: String
        }

        let productID: String
        let quantity: Int
        let autoConnect: Bool
        let lines: [Line]?
        let tags: [String: Int]?

        enum CodingKeys: String, CodingKey {
            case productID = "product_id"
            case quantity, lines, tags
            case autoConnect = "auto_connect"
        }
    }

    private static func server() -> ServerTest {
        let test = ServerTest()
        test.router.post("json") { request, _ in
            let order = try await request.decodeJSON(Order.self)
            return "\(order.productID) \(order.quantity) \(order.autoConnect)"
        }
        test.router.post("form") { request, _ in
            let order = try await request.decodeForm(Order.self)
            return "\(order.productID) \(order.quantity) \(order.autoConnect)"
        }
        return test
    }

    private func post(_ uri: String, _ body: String, type: String?) async throws -> TestResponse {
        try await Self.server().request(
            uri,
            method: .post,
            headers: type.map { [.contentType: $0] } ?? [:],
            body: body
        )
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"])
    func jsonIsRead(type: String) async throws {
        let body = #"{"product_id":"ñandú","quantity":2,"auto_connect":true,"unknown":[1,{}]}"#
        let response = try await post("/json", body, type: type)
        #expect(response.status == .ok)
        #expect(response.text == "ñandú 2 true")
    }

    @Test(arguments: [nil, "text/plain", "application/jsonp", "multipart/form-data", ""])
    func anotherContentTypeIsA415(type: String?) async throws {
        let response = try await post("/json", "{}", type: type)
        #expect(response.status == .unsupportedMediaType)
        #expect(try response.error()["code"] == "unsupported_media_type")
    }

    @Test(arguments: [
        "", "{", "no", "{]", #"{"product_id":}"#, #"{"product_id":"a"}x"#, "\u{0}",
        String(repeating: "[", count: 17) + String(repeating: "]", count: 17),
        String(repeating: "[", count: 16_000),
    ])
    func whatIsNotJSONIsA400(body: String) async throws {
        let response = try await post("/json", body, type: "application/json")
        #expect(response.status == .badRequest, "\(body.prefix(20))")
        #expect(try response.error()["code"] == "invalid_json")
    }

    @Test(arguments: [
        (#"{"quantity":1,"auto_connect":true}"#, "El campo product_id es obligatorio."),
        (#"{"product_id":null,"quantity":1,"auto_connect":true}"#, "El campo product_id es obligatorio."),
        (#"{"product_id":7,"quantity":1,"auto_connect":true}"#, "El campo product_id debe ser texto."),
        (#"{"product_id":"a","quantity":"x","auto_connect":true}"#, "El campo quantity debe ser un número entero."),
        (#"{"product_id":"a","quantity":1.5,"auto_connect":true}"#, "El cuerpo no tiene la forma esperada."),
        (#"{"product_id":"a","quantity":1e99,"auto_connect":true}"#, "El cuerpo no tiene la forma esperada."),
        (
            #"{"product_id":"a","quantity":1,"auto_connect":"yes"}"#,
            "El campo auto_connect debe ser verdadero o falso."
        ),
        (
            #"{"product_id":"a","quantity":1,"auto_connect":true,"lines":[{"name":"b"},{}]}"#,
            "El campo lines.1.name es obligatorio."
        ),
        (
            #"{"product_id":"a","quantity":1,"auto_connect":true,"lines":{}}"#, "El campo lines debe ser una lista."
        ),
        (
            #"{"product_id":"a","quantity":1,"auto_connect":true,"tags":{"<b>":"x"}}"#,
            "El campo tags.* debe ser un número entero."
        ),
        ("[]", "El cuerpo no tiene la forma esperada."), ("7", "El cuerpo no tiene la forma esperada."),
    ])
    func aFieldThatIsWrongIsNamed(body: String, message: String) async throws {
        let response = try await post("/json", body, type: "application/json")
        #expect(response.status == .unprocessableContent)
        #expect(try response.error()["code"] == "invalid_field")
        #expect(try response.error()["message"] == message)
    }

    @Test(arguments: ["/json", "/form"])
    func aBodyOverTheLimitIsA413(uri: String) async throws {
        let type = uri == "/json" ? "application/json" : "application/x-www-form-urlencoded"
        let atLimit = try await post(uri, String(repeating: " ", count: 16_384), type: type)
        #expect(atLimit.status != .contentTooLarge)
        let over = try await post(uri, String(repeating: " ", count: 16_385), type: type)
        #expect(over.status == .contentTooLarge)
        #expect(try over.error()["code"] == "body_too_large")
    }

    @Test func aBodyOfUnknownLengthIsCutAtTheLimit() async throws {
        let chunks = AsyncStream<ByteBuffer> { continuation in
            for _ in 0..<17 { continuation.yield(ByteBuffer(repeating: 0x20, count: 1_024)) }
            continuation.finish()
        }
        let request = Request(
            head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"),
            body: RequestBody(asyncSequence: chunks)
        )
        await #expect { _ = try await request.collectedBody(maximumBytes: 16_384) } throws: { error in
            (error as? APIError)?.code == "body_too_large"
        }
    }

    @Test func aBodyThatEndsBeforeItsLengthIsNotTakenForTheWhole() async throws {
        let request = Request(
            head: HTTPRequest(
                method: .post,
                scheme: nil,
                authority: nil,
                path: "/",
                headerFields: [.contentLength: "12", .contentType: "application/x-www-form-urlencoded"]
            ),
            body: RequestBody(buffer: ByteBuffer(string: "amount=10"))
        )
        await #expect(throws: HTTPError.self) { _ = try await request.decodeForm([String: String].self) }
    }

    @Test func aFormIsRead() async throws {
        let response = try await post(
            "/form",
            "product_id=24+horas+%C3%B1&quantity=1&auto_connect=on&tags=&ignored%5B%5D=%5Bx%5D&alone&=&",
            type: "application/x-www-form-urlencoded"
        )
        #expect(response.status == .ok)
        #expect(response.text == "24 horas ñ 1 true")
    }

    @Test(arguments: [
        "product_id=a&product_id=b&quantity=1&auto_connect=true", "product_id=%FF", "product_id=%", "product_id=%4",
        "%zz=1", "\u{0}%",
    ])
    func aMalformedFormIsA400(body: String) async throws {
        let response = try await post("/form", body, type: "application/x-www-form-urlencoded")
        #expect(response.status == .badRequest, "\(body.prefix(20))")
        #expect(try response.error()["code"] == "invalid_form")
    }

    @Test(arguments: [
        ("quantity=1&auto_connect=true", "El campo product_id es obligatorio."),
        ("", "El campo product_id es obligatorio."),
        ("product_id=a&quantity=x&auto_connect=true", "El campo quantity debe ser un número entero."),
        ("product_id=a&quantity=1&auto_connect=maybe", "El campo auto_connect debe ser verdadero o falso."),
        ("product_id=a&quantity=1&auto_connect=true&lines=1", "El campo lines no es válido."),
    ])
    func aFieldOfAFormThatIsWrongIsNamed(body: String, message: String) async throws {
        let response = try await post("/form", body, type: "application/x-www-form-urlencoded")
        #expect(response.status == .unprocessableContent)
        #expect(try response.error()["message"] == message)
    }

    @Test func nestingIsCountedOutsideOfTextsOnly() {
        #expect(JSONNesting.isWithin(1, Array(#"{"a":"[[[\"[[["}"#.utf8)))
        #expect(JSONNesting.isWithin(2, Array("[[],[],[]]".utf8)))
        #expect(!JSONNesting.isWithin(1, Array("[[],[],[]]".utf8)))
    }
}
