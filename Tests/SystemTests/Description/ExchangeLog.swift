import Foundation
import Synchronization
import TestSupport
import Testing

/// What was asked of a box and answered, to be held against `docs/api/openapi.yaml`.
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
        try await log.check()
    }

    func add(_ method: String, _ path: String, _ answer: BoxAPI.Answer) {
        let body = String(decoding: answer.body, as: UTF8.self)
        exchanges.withLock {
            $0.append(
                Exchange(method: method, path: path, status: answer.status, headers: answer.headers, body: body)
            )
        }
    }

    private func check() async throws {
        let folder = try TemporaryDirectory()
        try JSONEncoder().encode(exchanges.withLock { $0 }).write(to: folder.url.appending(path: "exchanges.json"))
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "exchange_check.py")
        let check = try PythonTool.start([script.path(percentEncoded: false), folder.path("exchanges.json")])
        let status = try await check.exitStatus()
        withExtendedLifetime(folder) {}
        #expect(status == 0, "\(check.lines.joined(separator: "\n"))")
    }
}
