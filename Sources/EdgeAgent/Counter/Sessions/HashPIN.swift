import ArgumentParser
import Foundation
import ServerKit
import Shared

/// `edge-agent hash-pin`
struct HashPIN: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash-pin",
        abstract: "Read a cashier's PIN from standard input and write what goes into the site document."
    )

    func run() async throws {
        guard let line = readLine(), let pin = CashierPIN(Secret(line)), !pin.isObvious else {
            let lengths = CashierPIN.lengths
            throw ValidationError(
                "a PIN is \(lengths.lowerBound) to \(lengths.upperBound) digits, not all the same and not in a row"
            )
        }
        let hash = try await PasswordHasher().hash(pin.digits)
        FileHandle.standardOutput.write(Data((hash.text + "\n").utf8))
    }
}
