import Foundation
import TestSupport
import Testing

/// What README promises of `scripts/demo`, from a folder with a space in its path.
@Suite(.timeLimit(.minutes(2))) struct DemoTests {
    @Test func `the demo sells a ficha, prints it and ends well`() async throws {
        let home = try TemporaryDirectory()
        let copy = home.url.appending(path: "una carpeta/fichas")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        for part in ["scripts", "docs", "portal-html"] {
            try FileManager.default.copyItem(
                at: RunningProgram.package.appending(path: part),
                to: copy.appending(path: part)
            )
        }
        let programs = RunningProgram.built("edge-agent").deletingLastPathComponent().path(percentEncoded: false)
        let demo = try RunningProgram(
            copy.appending(path: "scripts/demo"),
            ["--sell"],
            environment: ["FICHAS_DEMO_PROGRAMS": programs]
        )
        let status = try await demo.exitStatus()
        withExtendedLifetime(home) {}
        let output = demo.lines.joined(separator: "\n")
        #expect(status == 0, "\(output)")
        #expect(output.contains(#""status": "delivered""#), "\(output)")
        #expect(output.contains("is online on the router"), "\(output)")
    }
}
