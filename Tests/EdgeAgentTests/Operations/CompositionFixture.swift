import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Shared
import Store
import TestSupport

@testable import EdgeAgent

/// The whole box as it is put together, without its services running: routes, database, limits.
enum CompositionFixture {
    static let apiKey = "jwt_prueba"

    static func run(
        environment: [String: String] = [:],
        _ body: @escaping @Sendable (Composition, any TestClientProtocol) async throws -> Void
    ) async throws {
        let folder = try TemporaryDirectory()
        let example = RunningProgram.package.appending(path: "docs/sitio.ejemplo.json")
        let site = try String(contentsOf: example, encoding: .utf8)
            .replacingOccurrences(of: "ROUTER_PORT", with: "8728")
            .replacingOccurrences(of: "API_KEY_SHA256", with: SHA256Digest(of: apiKey).hexadecimal)
        try site.write(toFile: folder.path("site.json"), atomically: true, encoding: .utf8)
        let portal = RunningProgram.package.appending(path: "portal-html").path(percentEncoded: false)
        let all = [
            "FICHAS_SITE_FILE": folder.path("site.json"), "FICHAS_DATABASE": folder.path("box.sqlite"),
            "FICHAS_PORTAL_DIRECTORY": portal,
        ].merging(environment) { $1 }
        let composition = try await Composition(
            settings: try await EdgeSettings(file: nil, environment: all),
            environment: all,
            logger: Logger(label: "box") { _ in SwiftLogNoOpLogHandler() }
        )
        try await Application(router: composition.router()).test(.router) { client in
            try await body(composition, client)
        }
        try composition.database.close()
    }
}
