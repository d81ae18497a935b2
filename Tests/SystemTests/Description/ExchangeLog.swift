import Foundation
import Synchronization
import TestSupport
import Testing

/// What was asked and answered, to be held against a description in `docs/api`.
final class ExchangeLog: Sendable {
    /// The log of the test that runs, for the clients it makes.
    @TaskLocal static var current: ExchangeLog?

    private struct Exchange: Encodable {
        let method: String
        let path: String
        let status: Int
        let headers: [String: String]
        let body: String
    }

    private let exchanges = Mutex<[Exchange]>([])

    /// Runs a site; afterwards every answer a ``BoxAPI`` got from it must be one that the description describes.
    static func run(
        _ options: RunningSite.Options = .init(),
        _ body: (RunningSite) async throws -> Void
    ) async throws {
        let log = ExchangeLog()
        try await $current.withValue(log) { try await RunningSite.run(options, body) }
        try await log.check(against: "openapi.yaml")
    }

    func add(_ method: String, _ path: String, _ answer: BoxAPI.Answer) {
        add(method, path, status: answer.status, headers: answer.headers, body: answer.body)
    }

    func add(_ method: String, _ path: String, status: Int, headers: [String: String], body: Data) {
        let body = String(decoding: body, as: UTF8.self)
        exchanges.withLock {
            $0.append(Exchange(method: method, path: path, status: status, headers: headers, body: body))
        }
    }

    /// - Parameter document: Its name in `docs/api`.
    func check(against document: String) async throws {
        let folder = try TemporaryDirectory()
        try JSONEncoder().encode(exchanges.withLock { $0 }).write(to: folder.url.appending(path: "exchanges.json"))
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "exchange_check.py")
        let check = try PythonTool.start([script.path(percentEncoded: false), folder.path("exchanges.json"), document])
        let status = try await check.exitStatus()
        withExtendedLifetime(folder) {}
        #expect(status == 0, "\(check.lines.joined(separator: "\n"))")
    }
}
