import ArgumentParser
import Foundation

/// `central-sync verify-audit`
struct VerifyAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-audit",
        abstract: "Read the whole audit log and say whether anything in it was changed or removed.",
        discussion: """
            Reads DATABASE_URL as serve does. A SQLite file is in use while the centre runs: ask GET \
            /admin/audit/verification then. Ends with 1 when something is wrong.
            """
    )

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let database = try await options.openDatabase()
        let found = try await AuditVerifier(database: database).verify()
        guard let problem = found.problem, let seq = found.problemSeq else {
            FileHandle.standardOutput.write(Data("ok: \(found.count) row(s), head \(found.head)\n".utf8))
            return
        }
        FileHandle.standardOutput.write(Data("row \(seq) is \(problem.rawValue); right up to \(found.count)\n".utf8))
        throw ExitCode.failure
    }
}
