import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Boxes and a centre that lose each other, are copied, put back, and come to agree: nothing lost, nothing twice.
@Suite(.timeLimit(.minutes(5))) struct BoxSyncTests {
    @Test(arguments: DatabaseKind.allCases) func `what is sold before a box is enrolled goes up with the rest`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await BoxUnderTest(line: FaultyLine(centre.client))
            for number in 1...3 { try await box.sell("pur_before_\(number)") }
            try await box.enrol(code: try await TestBox.code(centre).grouped)
            try await box.sell("pur_after")
            #expect(try await box.push())
            #expect(try await ventas(centre) == ["pur_after", "pur_before_1", "pur_before_2", "pur_before_3"])
            #expect(try await box.sales().count == 4)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases, FaultyLine.Fault.allCases)
    func `a fault of the line loses nothing and doubles nothing`(
        kind: DatabaseKind,
        fault: FaultyLine.Fault
    )
        async throws
    {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            for number in 10..<13 { try await box.sell("pur_\(number)") }
            line.script([fault])
            let isDone = try await box.push()
            #expect(isDone == (fault == .twice))
            try await box.sell("pur_13")
            await line.replay(1)
            #expect(try await box.push())
            await line.replay(2)
            #expect(try await ventas(centre) == ["pur_10", "pur_11", "pur_12", "pur_13"])
            #expect(try await forkedBoxes(centre) == 0)
            try box.close()
        }
    }

    @Test func `a sale goes up as soon as it is made`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            let running = try box.startPushing()
            for number in 1...3 {
                try await box.sell("pur_\(number)")
                await line.answers.reaches(number)
                #expect(try await ventas(centre).count == number)
            }
            running.cancel()
            try await running.value
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a centre restored from a backup gets what it lost`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            for number in 10..<15 { try await box.sell("pur_\(number)") }
            #expect(try await box.push())
            try await CentreBackup.make(centre.centre.database)
            for number in 15..<20 { try await box.sell("pur_\(number)") }
            #expect(try await box.push())
            try await CentreBackup.restore(centre.centre.database)
            // Nothing is sold: the box hears of it by its poll.
            try await box.poll()
            #expect(try await box.push())
            #expect(try await ventas(centre) == (10..<20).map { "pur_\($0)" })
            try await box.poll()
            try await CentreBackup.restore(centre.centre.database)
            // Or with the next sale, whatever comes first.
            try await box.sell("pur_20")
            #expect(try await box.push())
            #expect(try await ventas(centre) == (10...20).map { "pur_\($0)" })
            #expect(try await forkedBoxes(centre) == 0)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a box restored from a backup goes on in an epoch of its own`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            for number in 10..<13 { try await box.sell("pur_\(number)") }
            #expect(try await box.push())
            let backup = try await box.copyFiles()
            for number in 13..<16 { try await box.sell("pur_\(number)") }
            #expect(try await box.push())
            try await box.restore(backup)
            for number in 20..<25 { try await box.sell("pur_\(number)") }
            #expect(try await box.push())
            #expect(try await ventas(centre) == (Array(10..<16) + Array(20..<25)).map { "pur_\($0)" })
            #expect(try await box.epoch() == 2)
            #expect(try await forkedBoxes(centre) == 1)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a cloned card is two boxes in one, and both are heard`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            try await box.sell("pur_10")
            #expect(try await box.push())
            let twin = try await BoxUnderTest(line: line, copying: try await box.copyFiles())
            for round in 0..<4 {
                try await box.sell("pur_2\(round)")
                try await twin.sell("pur_3\(round)")
                #expect(try await box.push())
                #expect(try await twin.push())
            }
            let expected = ["pur_10"] + (20..<24).map { "pur_\($0)" } + (30..<34).map { "pur_\($0)" }
            #expect(try await ventas(centre) == expected)
            // Each streams in an epoch of its own; they do not push each other out again and again.
            #expect(try await epochs(centre) == 2)
            #expect(try await forkedBoxes(centre) == 1)
            try box.close()
            try twin.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a database from before the enrolment is told everything again`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest(line: line)
            try await box.sell("pur_10")
            try box.close()
            let early = try TemporaryDirectory(inMemory: true)
            try copy("box.sqlite", from: box.folder, to: early)
            try await box.restart()
            try await box.enrol(code: try await TestBox.code(centre).grouped)
            try await box.sell("pur_11")
            #expect(try await box.push())
            try await box.restore(early)
            try await box.sell("pur_12")
            #expect(try await box.push())
            #expect(try await ventas(centre) == ["pur_10", "pur_11", "pur_12"])
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a long absence is made good in order, through restarts`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            for number in 1_000..<2_250 { try await box.sell("pur_\(number)") }
            line.script([.requestLost])
            #expect(try await !box.push())
            try await box.restart()
            line.script([nil, .answerLost])
            #expect(try await !box.push())
            try await box.restart()
            #expect(try await box.push())
            #expect(try await ventas(centre) == (1_000..<2_250).map { "pur_\($0)" })
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `thirty days without the centre come to the right days`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            for hour in 0..<(30 * 24) {
                centre.time.advance(by: .seconds(3_600))
                try await box.sell("pur_\(1_000 + hour)", cents: 100, at: centre.time.now - .seconds(60))
                line.script([.requestLost])
                #expect(try await !box.push())
                if hour.isMultiple(of: 240) { try await box.restart() }
            }
            #expect(try await ventas(centre).isEmpty)
            #expect(try await box.push())
            #expect(try await ventas(centre) == (1_000..<1_720).map { "pur_\($0)" })
            let days = try await rows(
                "SELECT local_date, count(*) AS number, max(time_is_estimated) AS guessed FROM venta GROUP BY local_date",
                centre
            )
            // The first and the last day are not whole: it began at eight in the morning.
            #expect(days.count == 31)
            #expect(try days.filter { try $0.integer("number") == 24 }.count == 29)
            #expect(try days.allSatisfy { try $0.integer("guessed") == 0 })
            #expect(try await VentaSumCheck(database: centre.centre.database).differences().isEmpty)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what a box sold in 1970 or 2099 counts on the day it came`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            centre.time.advance(by: .seconds(3 * 86_400))
            try await box.sell("pur_10", at: Timestamp(seconds: 40))
            try await box.sell("pur_11", at: Timestamp(seconds: 4_080_000_000))
            try await box.sell("pur_12", at: centre.time.now - .seconds(2 * 86_400))
            #expect(try await box.push())
            let booked = try await rows(
                "SELECT venta_id, at_ms, time_is_estimated FROM venta ORDER BY venta_id",
                centre
            ).map { "\(try $0.text("venta_id")) \(try $0.integer("at_ms")) \(try $0.integer("time_is_estimated"))" }
            let (now, before) = (centre.time.now.milliseconds, (centre.time.now - .seconds(2 * 86_400)).milliseconds)
            #expect(booked == ["pur_10 \(now) 1", "pur_11 \(now) 1", "pur_12 \(before) 0"])
            // The box's own words are kept as it said them.
            let body = try await rows("SELECT body FROM event WHERE seq = 1", centre).first?.bytes("body") ?? []
            #expect(String(decoding: body, as: UTF8.self).contains("1970-01-01T00:00:40"))
            #expect(try await VentaSumCheck(database: centre.centre.database).differences().isEmpty)
            try box.close()
        }
    }

    /// Whatever happens in whatever order: at the end the centre has every sale that a box still holds or was told is
    /// taken, once.
    @Test(arguments: 1...60) func `random faults, restores and clones lose nothing`(seed: Int) async throws {
        try await CentralFixture.run(seed.isMultiple(of: 6) ? .postgresql : .sqlite) { centre in
            var generator = SplitMix64(seed: UInt64(seed))
            let line = FaultyLine(centre.client)
            let first = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            var boxes = [first]
            var backup: TemporaryDirectory?
            var hasCentreBackup = false
            var sales = 0
            for _ in 0..<40 {
                let index = Int.random(in: 0..<boxes.count, using: &generator)
                switch Int.random(in: 0..<20, using: &generator) {
                case 0..<9:
                    sales += 1
                    try await boxes[index].sell("pur_\(seed)_\(sales)")
                case 9..<14:
                    line.script(
                        (0..<2).map { _ in
                            Bool.random(using: &generator)
                                ? FaultyLine.Fault.allCases.randomElement(using: &generator) : nil
                        }
                    )
                    try await boxes[index].push()
                case 14: await line.replay(Int.random(in: 0..<4, using: &generator))
                case 15: try await boxes[index].restart()
                case 16: backup = try await boxes[index].copyFiles()
                case 17:
                    // Before it is overwritten, what the box alone holds is what its owner loses; so it is sent.
                    while try await !boxes[index].push() {}
                    if let backup { try await boxes[index].restore(backup) }
                case 18 where boxes.count < 3:
                    boxes.append(try await BoxUnderTest(line: line, copying: try await boxes[index].copyFiles()))
                case 19:
                    if hasCentreBackup {
                        try await CentreBackup.restore(centre.centre.database)
                    } else {
                        try await CentreBackup.make(centre.centre.database)
                        hasCentreBackup = true
                    }
                default: break
                }
            }
            var expected: Set<String> = []
            for box in boxes {
                sales += 1
                try await box.sell("pur_\(seed)_\(sales)")
                while try await !box.push() {}
                expected.formUnion(try await box.sales())
            }
            let found = try await ventas(centre)
            #expect(Set(found).count == found.count)
            #expect(expected.subtracting(found) == [], "seed \(seed)")
            for box in boxes { try box.close() }
        }
    }

    // MARK: Looking

    private func ventas(_ centre: CentralFixture) async throws -> [String] {
        try await centre.centre.database.read { session in
            try session.query("SELECT venta_id FROM venta ORDER BY venta_id").map { try $0.text("venta_id") }
        }
    }

    private func forkedBoxes(_ centre: CentralFixture) async throws -> Int64 {
        try await count("box WHERE is_forked = 1", centre)
    }

    private func epochs(_ centre: CentralFixture) async throws -> Int64 {
        try await count("box_epoch", centre)
    }

    private func count(_ what: String, _ centre: CentralFixture) async throws -> Int64 {
        try await centre.centre.database.read { session in
            try session.first("SELECT count(*) AS number FROM \(what)")?.integer("number") ?? -1
        }
    }

    private func rows(_ query: String, _ centre: CentralFixture) async throws -> [SQLRow] {
        try await centre.centre.database.read { try $0.query(query) }
    }

    private func copy(_ name: String, from: TemporaryDirectory, to: TemporaryDirectory) throws {
        try FileManager.default.copyItem(atPath: from.path(name), toPath: to.path(name))
    }
}
