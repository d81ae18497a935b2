import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import ServerKit

@Suite(.timeLimit(.minutes(1)))
struct PrecomputedTests {
    private static let html = Array("<p>\(String(repeating: "ficha ", count: 500))</p>".utf8)

    private static func server(_ body: [UInt8] = html) throws -> ServerTest {
        let test = ServerTest()
        let page = try Precomputed(body, contentType: "text/html; charset=utf-8")
        test.router.get("page") { _, _ in page }
        return test
    }

    @Test func thePlainBodyIsForWhoeverAsksForNothing() async throws {
        let response = try await Self.server().request("/page")
        #expect(Array(response.body.readableBytesView) == Self.html)
        #expect(response.headers[.contentLength] == String(Self.html.count))
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        #expect(response.headers[.contentEncoding] == nil)
        #expect(response.headers[.vary] == "Accept-Encoding")
        #expect(response.headers[.cacheControl] == "no-cache")
        #expect(response.headers[.eTag]?.wholeMatch(of: /"[0-9a-f]{32}"/) != nil)
    }

    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("br;q=1.0, GZIP;q=0.5", true), ("*", true),
        ("identity;q=0.1,*", true),
        ("", false), ("br", false), ("gzip;q=0", false), ("gzip; q=0.000, *", false), ("*;q=0", false),
        ("xgzip", false),
    ])
    func acceptEncodingIsHeard(value: String, isCompressed: Bool) async throws {
        let response = try await Self.server().request("/page", headers: [.acceptEncoding: value])
        #expect((response.headers[.contentEncoding] == "gzip") == isCompressed)
        #expect((response.body.readableBytes < Self.html.count) == isCompressed)
        #expect(response.headers[.contentLength] == String(response.body.readableBytes))
    }

    @Test func aBrowserThatHasItIsNotSentItAgain() async throws {
        let test = try Self.server()
        for encoding in ["gzip", "identity"] {
            let tag = try #require(try await test.request("/page", headers: [.acceptEncoding: encoding]).headers[.eTag])
            for value in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let response = try await test.request(
                    "/page",
                    headers: [.acceptEncoding: encoding, .ifNoneMatch: value]
                )
                #expect(response.status == .notModified, "\(value)")
                #expect(response.body.readableBytes == 0)
                #expect(response.headers[.eTag] == tag)
                #expect(response.headers[.vary] == "Accept-Encoding")
                #expect(response.headers[.cacheControl] == "no-cache")
                #expect(response.headers[.contentLength] == nil)
            }
            let other = encoding == "gzip" ? "identity" : "gzip"
            let response = try await test.request("/page", headers: [.acceptEncoding: other, .ifNoneMatch: tag])
            #expect(response.status == .ok, "the encodings are different bytes, so their tags differ")
        }
    }

    @Test func headIsTheSameWithoutTheBody() async throws {
        let test = try Self.server()
        let get = try await test.request("/page", headers: [.acceptEncoding: "gzip"])
        let head = try await test.request("/page", method: .head, headers: [.acceptEncoding: "gzip"])
        #expect(head.status == .ok)
        #expect(head.body.readableBytes == 0)
        for name in [HTTPField.Name.contentLength, .eTag, .contentEncoding, .contentType] {
            #expect(head.headers[name] == get.headers[name])
        }
    }

    @Test func whatDoesNotShrinkIsSentAsItIs() async throws {
        var random = SplitMix64(seed: 1)
        let noise = (0..<1_000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let response = try await Self.server(noise).request("/page", headers: [.acceptEncoding: "gzip"])
        #expect(response.headers[.contentEncoding] == nil)
        #expect(Array(response.body.readableBytesView) == noise)
    }

    @Test func overARealConnectionTheFramingIsRight() async throws {
        let test = try Self.server()
        let tag = try #require(try await test.request("/page").headers[.eTag])
        let application = Application(
            router: test.router,
            server: ServerLimits().http1(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            logger: test.log.logger
        )
        try await RunningServer.run(application) { server in
            let head = "HTTP/1.1\r\nHost: a\r\n"
            let answer = try await server.exchange(
                "HEAD /page \(head)\r\nGET /page \(head)If-None-Match: \(tag)\r\n\r\nGET /page \(head)Connection: close\r\n\r\n"
            )
            let parts = answer.components(separatedBy: "HTTP/1.1 ")
            #expect(parts.count == 4)
            #expect(parts[1].hasPrefix("200 ") && parts[1].hasSuffix("\r\n\r\n"))
            #expect(parts[1].lowercased().contains("content-length: \(Self.html.count)\r\n"))
            #expect(parts[2].hasPrefix("304 ") && parts[2].hasSuffix("\r\n\r\n"))
            #expect(!parts[2].lowercased().contains("transfer-encoding"))
            #expect(parts[3].hasSuffix(String(decoding: Self.html, as: UTF8.self)))
        }
    }
}
