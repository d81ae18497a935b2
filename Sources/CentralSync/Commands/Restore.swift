import ArgumentParser
import Foundation
import Logging
import Shared

/// `central-sync restore`
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup where DATABASE_URL says, which must be empty.",
        discussion: """
            Everybody has to log in again, and enrolment codes have to be made anew. Boxes send again what the backup lacks, \
            by themselves.
            """
    )

    @OptionGroup var options: SettingOptions

    @Option(help: "The folder of a backup.")
    var from: String

    func run() async throws {
        let manifest = try await BackupFolder(folder: ExportFolder(existing: from)).restore(
            to: options.databaseURL(),
            at: WallClock.system.now,
            logger: Logger(label: "central-sync")
        )
        FileHandle.standardOutput.write(Data("restored what there was at \(manifest.createdAt)\n".utf8))
    }
}
