import Foundation
import TestSupport
import Testing

/// What a unit lets its program ask of the kernel, as systemd understands the unit's words.
struct SystemCallFilter {
    let allowed: Set<String>

    /// - Parameter unit: A file of `deploy/systemd`.
    init(unit: String) async throws {
        let sets = try await Self.sets()
        let file = RunningProgram.package.appending(path: "deploy/systemd/\(unit)")
        var allowed: Set<String> = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            guard let words = line.wholeMatch(of: /SystemCallFilter=(~?)(.+)/)?.output else { continue }
            let calls = words.2.split(separator: " ").reduce(into: Set()) { $0.formUnion(Self.calls(String($1), sets)) }
            if words.1.isEmpty { allowed.formUnion(calls) } else { allowed.subtract(calls) }
        }
        self.allowed = allowed
    }

    private static func calls(_ name: String, _ sets: [String: [String]]) -> Set<String> {
        guard name.hasPrefix("@") else { return [name] }
        return (sets[name] ?? []).reduce(into: []) { $0.formUnion(calls($1, sets)) }
    }

    /// The members of each set of systemd's, of which some are sets again.
    private static func sets() async throws -> [String: [String]] {
        let program = try RunningProgram(
            URL(filePath: "/usr/bin/systemd-analyze"),
            ["--no-pager", "syscall-filter"]
        )
        try #require(try await program.exitStatus() == 0, "\(program.lines)")
        var sets: [String: [String]] = [:]
        var current = ""
        for line in program.lines {
            let word = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("@") {
                current = word
            } else if !word.isEmpty, !word.hasPrefix("#") {
                sets[current, default: []].append(word)
            }
        }
        return sets
    }
}
