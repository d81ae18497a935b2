import Foundation
import Shared
import TestSupport
import Testing

/// The site document: what is refused, what is said about it, and that the published schema says the same.
@Suite(.timeLimit(.minutes(1))) struct SiteSnapshotTests {
    @Test func `the example is a good document`() throws {
        let snapshot = try SiteSnapshot(json: DocumentCase.example())
        #expect(snapshot.catalogue(routerID: "r1").map(\.id) == [1, 2, 3])
        #expect(snapshot.conekta?.privateKey.reveal() == "key_privada_de_prueba_01")
        #expect(snapshot.routers[0].api.port == 8_728)
    }

    @Test(arguments: DocumentCase.all)
    func `each fault is named by its place, and no secret is repeated`(document: DocumentCase) throws {
        let problems = try document.problems()
        guard let problem = document.problem else { return #expect(problems == []) }
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.hasPrefix(problem) == true, "\(problems)")
        for secret in ["key_privada", "secreto", "key_muy_secreta", "key_publica"] {
            #expect(!problems.joined().contains(secret), "\(problems)")
        }
    }

    @Test func `faults that are no faults of form are all told at once`() throws {
        var text = String(decoding: try DocumentCase.example(), as: UTF8.self)
        text = text.replacing("\"price_cents\": 1000", with: "\"price_cents\": 0")
            .replacing("America/Mexico_City", with: "Marte").replacing("\"hotspot1\"", with: "\"\"")
        #expect(throws: SiteSnapshotError.self) { try SiteSnapshot(json: Data(text.utf8)) }
        do {
            _ = try SiteSnapshot(json: Data(text.utf8))
        } catch {
            #expect(error.problems.count == 3, "\(error)")
        }
    }

    @Test func `the published schema agrees about every document`() async throws {
        let folder = try TemporaryDirectory()
        struct Entry: Encodable {
            let name: String
            let document: JSONValue
            let isValid: Bool
        }
        let example = try JSONDecoder().decode(JSONValue.self, from: DocumentCase.example())
        let entries = try DocumentCase.all.map { document in
            Entry(
                name: document.testDescription,
                document: try document.document(),
                isValid: document.problem == nil || document.isBeyondSchema
            )
        }
        try JSONEncoder().encode(entries + [Entry(name: "the example", document: example, isValid: true)])
            .write(to: folder.url.appending(path: "documents.json"))
        let schema = RunningProgram.package.appending(path: "docs/site-snapshot.schema.json").path(
            percentEncoded: false
        )
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "schema_check.py")
        let check = try PythonTool.start(
            [script.path(percentEncoded: false), schema, folder.path("documents.json")]
        )
        let status = try await check.exitStatus()
        withExtendedLifetime(folder) {}
        #expect(status == 0, "\(check.lines.joined(separator: "\n"))")
        #expect(check.lines.last == "\(entries.count + 1) documents checked")
    }

    @Test(arguments: [
        ("{\n  \"a\": 1,\n  \"port\": ROUTER_PORT }", "not JSON from line 3, column 11 on"),
        ("{ \"ñandú\": x }", "not JSON from line 1, column 12 on"),
        ("{ \"private_key\": \"key_muy_sec", "not JSON: it ends before it is whole"), ("", "not JSON: it ends"),
        ("[1, 2", "not JSON: it ends"),
    ])
    func `what is no JSON is shown to whoever wrote it`(text: String, problem: String) {
        do {
            _ = try SiteSnapshot(json: Data(text.utf8))
            Issue.record("taken")
        } catch {
            #expect(error.problems.first?.hasPrefix(problem) == true, "\(error)")
            #expect(!error.description.contains("muy_sec"))
        }
    }

    @Test func `a document that is too large is not read`() {
        let json = Data(repeating: UInt8(ascii: " "), count: SiteSnapshot.maximumBytes + 1)
        #expect(throws: SiteSnapshotError(problems: ["larger than 4194304 bytes"])) { try SiteSnapshot(json: json) }
    }
}
