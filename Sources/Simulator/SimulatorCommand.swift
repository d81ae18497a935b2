import ArgumentParser

/// The two things that cannot be had on a desk, a MikroTik and Conekta, as programs.
@main
struct SimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulator",
        abstract: "Simulates what Fichas talks to.",
        subcommands: [ConektaCommand.self, RouterOSCommand.self]
    )
}
