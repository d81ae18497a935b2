import Foundation
import Glibc
import Shared
import TestSupport

@testable import EdgeAgent

// What must be nowhere.
extension MoneyOracle {
    /// I10: no card token, no private key and no password of the router is in the box's files or in what it logged.
    func secrets() throws -> [String] {
        var secrets = buyers.map { ("a card token", $0.intent.cardToken.reveal()) }
        secrets.append(("the private key", SimulatedWorld.privateKey))
        secrets.append(("the router's password", SimulatedBox.router.api.password.reveal()))
        let names = try FileManager.default.contentsOfDirectory(atPath: world.folder.url.path(percentEncoded: false))
        var places = [("the log", Data(world.log.bytes))]
        places += try names.map { ($0, try Data(contentsOf: world.folder.url.appending(path: $0))) }
        return places.flatMap { place, bytes in
            secrets.filter { Self.holds(bytes, $0.1) }.map { "I10 \($0.0) is in \(place)" }
        }
    }

    /// `Data.range(of:)` would be a tenth of a run.
    private static func holds(_ bytes: Data, _ text: String) -> Bool {
        let (first, length) = (Int32(text.utf8.first ?? 0), text.utf8.count)
        return bytes.withUnsafeBytes { buffer in
            guard var place = buffer.baseAddress else { return false }
            let end = place + buffer.count
            while end - place >= length, let found = memchr(place, first, end - place - length + 1) {
                if memcmp(found, text, length) == 0 { return true }
                place = UnsafeRawPointer(found) + 1
            }
            return false
        }
    }
}
