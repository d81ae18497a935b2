import Foundation
import Shared
import TestSupport

/// Ten thousand boxes that wait at one centre and sell: what they cost it, whom a change wakes, and how they come back
/// after the centre was restarted and after it was killed.
struct BoxFleet {
    private static let boxes = 10_000
    /// The box that gets a router.
    private static let changedBox = 4_217
    private static let salesOfEach = 2
    private static let sellingSeconds = 200.0

    func measure(_ store: BenchStore) async throws -> [Figure] {
        let centre = try await BenchCentre(on: store, rows: FleetRows(store: store, boxes: Self.boxes).statements)
        let ledger = FleetLedger()
        let figures = try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<Self.boxes {
                let box = SimulatedBox(number: number, port: centre.port, ledger: ledger)
                group.addTask { await box.poll() }
            }
            defer { group.cancelAll() }
            return try await whilePolling(centre, ledger, store.name)
        }
        let counted = try await store.value("SELECT count(*) FROM venta")
        // Ends with 1 when a sum is not what the ventas come to.
        _ = try await centre.command(["recompute"])
        return figures + [
            Figure(
                name: "\(store.name), ventas at the centre",
                ours: counted,
                beside: "sold \(ledger.sold)",
                aim: "all, once",
                isMet: counted == String(ledger.sold)
            )
        ]
    }

    /// First quiet, then selling through an orderly restart and a kill.
    private func whilePolling(_ centre: BenchCentre, _ ledger: FleetLedger, _ name: String) async throws -> [Figure] {
        let (figures, selling) = try await centre.run { program in
            await ledger.answered.reaches(Self.boxes)
            let change = try await changeOne(at: centre, ledger)
            // Until every question was asked anew.
            try await Task.sleep(for: .seconds(60))
            let memory = try ProcessMemory(of: program.processIdentifier)
            let selling = Task { try await sell(at: centre.port, ledger) }
            try await Task.sleep(for: .seconds(20))
            return ([self.memory("quiet", memory)] + change, selling)
        }
        ledger.begin()
        let afterStop = try await centre.run { program in
            let figures = await comeBack("a restart", ledger)
            try await Task.sleep(for: .seconds(20))
            await program.killNow()
            return figures
        }
        ledger.begin()
        let afterKill = try await centre.run { program in
            let figures = await comeBack("a kill", ledger)
            try await selling.value
            return figures + [memory("selling", try ProcessMemory(of: program.processIdentifier))]
        }
        return (figures + afterStop + afterKill).map { figure in
            var figure = figure
            figure.name = "\(name), \(figure.name)"
            return figure
        }
    }

    /// Gives one box's site a router, which changes its document.
    private func changeOne(at centre: BenchCentre, _ ledger: FleetLedger) async throws -> [Figure] {
        let before = ledger.changedBoxes.count
        ledger.begin()
        let site = FleetRows.siteID(Self.changedBox)
        let body = #"{"name":"hAP","site_id":"\#(site)","api":{"host":"10.0.0.1","username":"u","password":"secreto"}}"#
        let head = ["POST /admin/empresas/\(FleetRows.empresaID(Self.changedBox))/routers HTTP/1.1"]
        let fields = try centre.session() + ["Content-Type: application/json"]
        let begin = ContinuousClock.now
        let answer = try PlainHTTP.send(head + fields, body: body, to: centre.port, from: "127.0.0.2")
        guard answer.status == 201 else { throw BenchCentre.Failure(description: answer.body) }
        await ledger.changed.reaches(before + 1)
        let duration = ContinuousClock.now - begin
        let isTheOne = ledger.changedBoxes.dropFirst(before) == [Self.changedBox]
        // A question of another box may just have been over; of ten thousand in 50 s that is one in 5 ms.
        let others = ledger.answeredCount - 1
        return [
            Figure(
                name: "a change is at its box after",
                ours: "\(duration.milliseconds.text(0)) ms",
                beside: "\(others) others answered",
                aim: "< 2000 ms, it alone",
                isMet: duration < .seconds(2) && isTheOne
            )
        ]
    }

    private func sell(at port: UInt16, _ ledger: FleetLedger) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<Self.boxes {
                let box = SimulatedBox(number: number, port: port, ledger: ledger)
                group.addTask { try await box.sell(Self.salesOfEach, within: Self.sellingSeconds) }
            }
            try await group.waitForAll()
        }
    }

    private func comeBack(_ cause: String, _ ledger: FleetLedger) async -> [Figure] {
        await ledger.answered.reaches(Self.boxes)
        let duration = ledger.until(share: 1)
        let shares = [0.5, 0.99].map { "\(Int($0 * 100)) % in \((ledger.until(share: $0) / .seconds(1)).text(0)) s" }
        return [
            Figure(
                name: "all are back after \(cause)",
                ours: "\((duration / .seconds(1)).text(1)) s",
                beside: "\(shares.joined(separator: ", ")), at most \(ledger.busiestSecond) polls/s",
                aim: "< 60 s",
                isMet: duration < .seconds(60)
            )
        ]
    }

    private func memory(_ name: String, _ memory: ProcessMemory) -> Figure {
        Figure(
            name: "memory, \(name)",
            ours: "\(memory.residentMB.text(0)) MB",
            beside: "at most \(memory.peakMB.text(0)) MB",
            aim: "< 400 MB",
            isMet: memory.peakMB < 400
        )
    }
}
