import Foundation
import TestSupport
import Testing

/// The units as systemd itself reads them, and how exposed it finds them.
@Suite struct SystemdUnitTests {
    static let units = ["edge-agent.service", "central-sync.service"]

    @Test(arguments: units)
    func `systemd finds nothing wrong with the unit`(unit: String) async throws {
        let (status, output) = try await analyze(["verify", try installed(unit)])
        #expect(status == 0, "\(output)")
        #expect(output.isEmpty)
    }

    @Test(arguments: units)
    func `the unit is as closed as a network service can be`(unit: String) async throws {
        // The threshold is in tenths; 1.1 to 1.2 is the floor, and binding port 80 costs a little more (reference
        // `reliability.md` §6.7).
        let (status, output) = try await analyze(
            ["security", "--offline=true", "--threshold=17", "--no-pager", try installed(unit)]
        )
        #expect(status == 0, "\(output)")
    }

    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    /// The unit with a program that exists here in the place of the installed one: systemd checks that too.
    private func installed(_ unit: String) throws -> String {
        let source = RunningProgram.package.appending(path: "deploy/systemd/\(unit)")
        let text = try String(contentsOf: source, encoding: .utf8)
        let path = folder.path(unit)
        try text.replacing(/ExecStart=\/usr\/bin\/\S+/, with: "ExecStart=/bin/true")
            .write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func analyze(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let process = try RunningProgram(URL(filePath: "/usr/bin/systemd-analyze"), arguments)
        let status = try await process.exitStatus()
        return (status, process.lines.joined(separator: "\n"))
    }
}
