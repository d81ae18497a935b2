import ConektaSimulator
import Foundation
import Shared
import Testing

/// The card form in a real browser: two origins, a phone's screen, real touches and keys.
@Suite(.timeLimit(.minutes(2)))
struct CardFormTests {
    @Test func `a payer's card becomes a token in the host page`() async throws {
        try await LiveSimulator.run { live in
            let found = try await Self.drive(port: live.ports.api)

            #expect(found["shown"] == ["4242 4242 4242 4242", "Ana Perez", "12/34", "123"])
            #expect(found["amex_shown"]?[0] == "3714 496353 98431")
            #expect(found["keyboards"] == ["numeric", "", "numeric", "numeric"])
            #expect(found["overflow"] == false, "the form is wider than the phone")
            #expect(found["clipped"] == false, "the iframe is lower than its form")

            let tokens = Set(live.core.snapshot.tokens.map(\.id))
            #expect(tokens.count == 3)
            for scenario in ["external", "internal", "strangers"] {
                #expect(found[scenario]?["kind"] == "token", "\(scenario)")
                let id = try #require(found[scenario]?["value"]?["id"]?.text, "\(scenario)")
                #expect(tokens.contains(id), "\(scenario)")
            }

            #expect(found["wrong"]?["kind"] == "formulario")
            #expect(found["wrong"]?["value"]?["fields"] == ["number", "expiry"])
            #expect(found["wrong_texts"]?.elements?.count == 2)
            #expect(found["key"]?["kind"] == "error")
            #expect(
                found["key"]?["value"]?["details"]?[0]?["code"] == "conekta.errors.authentication.unrecognized_key"
            )
        }
    }

    /// Runs the driver and reads what it found. Blocking, so on a thread of its own.
    private static func drive(port: Int) async throws -> JSONValue {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "card_form_check.py")
        let output = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Data, any Error>) in
            Thread.detachNewThread {
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = ["python3", script.path(percentEncoded: false), "\(port)"]
                let pipe = Pipe()
                process.standardOutput = pipe
                continuation.resume(
                    with: Result {
                        try process.run()
                        let output = pipe.fileHandleForReading.readDataToEndOfFile()
                        process.waitUntilExit()
                        return output
                    }
                )
            }
        }
        return try JSONValue(parsing: output)
    }
}
