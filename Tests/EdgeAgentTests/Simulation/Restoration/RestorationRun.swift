import Foundation
import Purchasing
import Shared
import Store
import TestSupport

@testable import EdgeAgent

/// A run in which the box's disk dies, and an old backup takes its place.
struct RestorationRun {
    private static let maximumLives = 50

    let world: SimulatedWorld
    /// From the box's death until it starts again from its backup.
    var timeOff = Duration.seconds(600)

    private var backup: String { world.folder.path("backup.sqlite") }

    /// Sells to some, makes a backup, sells to others until the box dies of a fault or there is nobody left, and restores.
    ///
    /// - Returns: The box as it came to rest.
    func restoredBox(selling before: [Buyer], thenUnknown after: [Buyer]) async throws -> SimulatedBox {
        try await sell(before, thenUnknown: after)
        try await restore()
        return try await boxAtRest()
    }

    /// The same, up to the death of the box.
    func sell(_ before: [Buyer], thenUnknown after: [Buyer]) async throws {
        var box = try await sell(to: before)
        // Less than a card token lives.
        world.time.pass(.seconds(300))
        try await makeBackup(of: box)
        world.time.pass(.seconds(125))
        for buyer in after {
            box = try await restarted(box)
            if await box.buy(buyer.intent) == .death { break }
            world.time.pass(.seconds(5))
        }
        try box.end()
    }

    /// Makes the backup in the moment in which the box dies of a fault, has the box go on to the end, and restores.
    func restoredBox(selling before: [Buyer], whileSellingTo buyer: Buyer) async throws -> SimulatedBox {
        let first = try await restarted(try await sell(to: before))
        guard await first.buy(buyer.intent) == .death else {
            try await makeBackup(of: first)
            try first.end()
            try await restore()
            return try await boxAtRest()
        }
        try BoxBackup.write(from: world.databasePath, to: backup)
        let second = try await SimulatedBox(world)
        _ = try await second.recover()
        try second.end()
        try await restore()
        return try await boxAtRest()
    }

    private func sell(to buyers: [Buyer]) async throws -> SimulatedBox {
        var box = try await SimulatedBox(world)
        for buyer in buyers {
            box = try await restarted(box)
            _ = await box.buy(buyer.intent)
        }
        return box
    }

    /// Each sale is a new box's first, so that its calls are always the same ones.
    private func restarted(_ box: SimulatedBox) async throws -> SimulatedBox {
        try box.end()
        return try await SimulatedBox(world)
    }

    private func makeBackup(of box: SimulatedBox) async throws {
        let mark = ClockMark(bootID: "boot", uptime: world.uptime(), time: world.time.now.time, isSynced: true)
        try await box.database.commit { try ClockMarkStore.save(mark, in: $0) }
        try BoxBackup.write(from: world.databasePath, to: backup)
    }

    /// Puts the backup in the place of what there is.
    func restore() async throws {
        world.time.pass(timeOff)
        for part in ["", "-wal", "-shm", ".lock"] {
            try? FileManager.default.removeItem(atPath: world.databasePath + part)
        }
        try await BoxBackup.restore(from: backup, to: world.databasePath)
    }

    private func boxAtRest() async throws -> SimulatedBox {
        for _ in 0..<Self.maximumLives {
            let box = try await SimulatedBox(world)
            if try await box.restoreSales() == .rest, try await box.recover() == .rest {
                world.letLateEffectsHappen()
                return box
            }
        }
        struct NeverAtRest: Error {}
        throw NeverAtRest()
    }
}
