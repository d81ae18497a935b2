import ArgumentParser
import Foundation
import Shared

/// `central-sync backup`
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the database to a folder, also while the centre runs.",
        discussion: """
            Of SQLite the file, checked; of PostgreSQL a full export. It holds all secrets of the database, sealed, and needs \
            the same FICHAS_MASTER_KEY (or JWT_APIKEY_SECRET), which is not in it.
            """
    )

    @OptionGroup var options: SettingOptions

    @Option(help: "The folder to write to; it must be empty or not there yet.")
    var out: String

    func run() async throws {
        let reader = try options.openReader()
        let manifest = try await BackupFolder(folder: ExportFolder(new: out)).write(
            from: reader,
            at: WallClock.system.now
        )
        let lines = manifest.files.map { "\($0.name) \($0.bytes) \($0.sha256.hexadecimal)\n" }.joined()
        FileHandle.standardOutput.write(Data(lines.utf8))
    }
}
