import Foundation
import TestSupport
import Testing

@testable import CentralSync

/// `docs/api/centro.yaml` names every route the centre has, and no other.
@Suite struct APIDescriptionTests {
    @Test func `the description and the centre have the same routes`() async throws {
        let file = RunningProgram.package.appending(path: "docs/api/centro.yaml")
        let described = Self.operations(in: try String(contentsOf: file, encoding: .utf8))
        try await CentralFixture.run(.sqlite) { centre in
            #expect(described == centre.served)
        }
    }

    /// A path stands two columns in, its methods four: as the checkers that read YAML see to.
    private static func operations(in text: String) -> Set<String> {
        var (operations, path) = (Set<String>(), "")
        for line in text.split(separator: "\n") {
            if line.hasPrefix("  /"), line.hasSuffix(":") {
                path = String(line.dropFirst(2).dropLast())
            } else if line.hasPrefix("    "), ["get:", "put:", "post:", "delete:"].contains(line.dropFirst(4)) {
                operations.insert(line.dropFirst(4).dropLast().uppercased() + " " + path)
            }
        }
        return operations
    }
}
