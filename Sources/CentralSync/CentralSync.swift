import ArgumentParser

/// The centre's program.
@main
struct CentralSync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "central-sync",
        abstract: "Holds what all sites sell, and takes their sales.",
        subcommands: [
            Serve.self, VerifyAudit.self, Recompute.self, Export.self, Import.self, Backup.self, Restore.self,
        ]
    )
}
