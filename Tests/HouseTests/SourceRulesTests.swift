import Foundation
import TestSupport
import Testing

/// The rules of `CONTRIBUTING.md` that a machine can check, over every source file.
@Suite struct SourceRulesTests {
    struct Rule: Sendable, CustomTestStringConvertible {
        let name: String
        let pattern: String
        /// Where it may stand after all.
        var except: [String] = []

        var testDescription: String { name }
    }

    static let rules = [
        Rule(name: "no try!", pattern: #"\btry!"#),
        Rule(name: "no forced cast", pattern: #"\bas!"#),
        Rule(name: "no forced unwrap by another name", pattern: #"\bunsafelyUnwrapped\b"#),
        Rule(name: "no print", pattern: #"(^|[^A-Za-z.])(print|debugPrint|dump)\("#),
        Rule(name: "no URLSession: it sends requests again by itself", pattern: #"\bURLSession\b"#),
        Rule(name: "no task sleep: waiting is the injected clock's", pattern: #"Task\.sleep"#),
        // The two pages of the Conekta simulator hold JavaScript, whose `Date.now()` is not ours.
        Rule(
            name: "no wall time but WallClock's",
            pattern: #"\bDate\(\)|\bDate\.now\b"#,
            except: ["WallClock.swift", "CardPage.swift", "CheckoutScript.swift"]
        ),
        Rule(name: "no notes to ourselves", pattern: #"\b(TODO|FIXME|XXX)\b"#),
        Rule(name: "no fatalError", pattern: #"\bfatalError\("#),
        Rule(name: "the audit log only grows", pattern: #"(UPDATE|DELETE FROM) audit\b"#),
        Rule(name: "money is committed, never written past the group", pattern: #"pool\.write\b"#),
    ]

    @Test(arguments: rules)
    func `sources keep the rule`(rule: Rule) throws {
        let pattern = try Regex(rule.pattern).anchorsMatchLineEndings()
        for file in try Self.files(under: "Sources", ending: ".swift") {
            if rule.except.contains(file.lastPathComponent) { continue }
            for (number, line) in try Self.lines(of: file).enumerated() {
                if line.trimmingCharacters(in: .whitespaces).hasPrefix("//") { continue }
                #expect(line.firstMatch(of: pattern) == nil, "\(file.lastPathComponent):\(number + 1) \(line)")
            }
        }
    }

    @Test func `no file is longer than 400 lines`() throws {
        for folder in ["Sources", "Tests", "Benchmarks"] {
            for file in try Self.files(under: folder, ending: ".swift") {
                let count = try Self.lines(of: file).count
                #expect(count <= 401, "\(file.lastPathComponent) has \(count)")
            }
        }
    }

    @Test func `the page loads nothing from outside but Conekta's tokenizer`() throws {
        let address = try Regex(#"(src|href)="?https?://"#)
        let files = try Self.files(under: "portal-html", ending: "")
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.firstMatch(of: address) == nil || file.lastPathComponent == "login.html", "\(file)")
        }
    }

    static func files(under folder: String, ending: String) throws -> [URL] {
        let root = RunningProgram.package.appending(path: folder)
        let names = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        let files = (names?.allObjects ?? []).compactMap { $0 as? URL }.filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true && $0.path.hasSuffix(ending)
        }
        try #require(!files.isEmpty, "no files under \(folder)")
        return files
    }

    private static func lines(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    }
}
