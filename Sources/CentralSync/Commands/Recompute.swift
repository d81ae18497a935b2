import ArgumentParser
import Foundation
import Logging

/// `central-sync recompute`
struct Recompute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Add up all ventas anew and compare with the sums the dashboard shows.",
        discussion: """
            Reads DATABASE_URL as serve does; a SQLite file is in use while the centre runs. Ends with 1 when something \
            differs and is not repaired.
            """
    )

    @OptionGroup var options: SettingOptions

    @Flag(help: "Put what the ventas come to in the place of what differs.")
    var repair = false

    func run() async throws {
        let database = try await options.openDatabase()
        let check = VentaSumCheck(database: database)
        let differences = try await check.differences()
        let count = differences.count
        for difference in differences { Self.write(Self.text(difference)) }
        if repair, count > 0 { try await check.repair() }
        Self.write(count == 0 ? "ok" : "\(count) difference(s) or more\(repair ? ", repaired" : "")")
        if count > 0, !repair { throw ExitCode.failure }
    }

    private static func text(_ difference: VentaSumCheck.Difference) -> String {
        let name = [
            difference.empresaID, difference.facet, difference.period, difference.timeZone, difference.item,
            difference.method, difference.currency,
        ].joined(separator: " ")
        return "\(name): kept \(text(difference.kept)), ventas \(text(difference.counted))"
    }

    private static func text(_ amounts: VentaAmounts?) -> String {
        guard let amounts else { return "nothing" }
        return "\(amounts.soldCount)/\(amounts.soldCents) refunded \(amounts.refundedCount)/\(amounts.refundedCents)"
    }

    private static func write(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
