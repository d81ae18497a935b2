import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// Over real connections, with printers of all manners. What counts is what the printer got.
@Suite(.timeLimit(.minutes(1))) struct SlipPrinterTests {
    private let clock = TestClock()

    private func printer(at port: UInt16) throws -> SlipPrinter {
        SlipPrinter(try #require(PrinterAddress("127.0.0.1:\(port)")), clock: clock)
    }

    private static func slip(_ paper: RollPaper = .mm58, folio: Int64 = 1) throws -> ESCPOSSlip {
        let sale = Slip.Sale(folio: folio, till: "1", cashier: "Ana Núñez", soldAt: Slip.saleTime)
        return ESCPOSSlip(try .forTests(origin: .sold(sale)), paper: paper)
    }

    private func withFakePrinter<Result>(
        _ manner: FakePrinter.Manner,
        _ body: (FakePrinter, SlipPrinter) async throws -> Result
    ) async throws -> Result {
        let fake = try FakePrinter(manner)
        defer { fake.stop() }
        return try await body(fake, try printer(at: fake.port))
    }

    @Test(arguments: [(UInt8(0), false), (3, true)])
    func `what a printer confirms is printed, once and whole`(status: UInt8, isLow: Bool) async throws {
        try await withFakePrinter(.answers(status)) { fake, printer in
            let slip = try Self.slip(.mm80)
            #expect(await printer.send(slip) == .printed(paperIsLow: isLow))
            await fake.ends.reaches(1)
            #expect(fake.jobs == [slip.bytes + PrinterStatus.request])
            let paper = try PrintedPaper(fake.jobs[0])
            #expect(paper.codes.map(\.text) == [try Slip.forTests().redeemURL])
            #expect(paper.cuts == 1)
        }
    }

    @Test func `a printer without paper leaves doubt`() async throws {
        try await withFakePrinter(.answers(0x0C)) { _, printer in
            let slip = try Self.slip()
            #expect(await printer.send(slip) == .unknown(.noPaper))
        }
    }

    @Test func `nobody there: nothing was sent, and it is safe to try again`() async throws {
        let nobody = try LoopbackSocket(.refuses)
        let slip = try Self.slip()
        let printer = try printer(at: nobody.port)
        #expect(await printer.send(slip) == .notReached(.refused))
    }

    @Test func `somebody who does not answer is given up`() async throws {
        let deaf = try LoopbackSocket(.ignores)
        let printer = try printer(at: deaf.port)
        let slip = try Self.slip()
        async let result = printer.send(slip)
        await clock.waitForSleepers()
        clock.advance(by: PrintJob.connectLimit)
        #expect(await result == .notReached(.noAnswer))
        withExtendedLifetime(deaf) {}
    }

    @Test func `a stuck printer, whose slip waits in our own buffers, leaves doubt`() async throws {
        try await withFakePrinter(.isStuck) { _, printer in
            let slip = try Self.slip()
            async let result = printer.send(slip)
            await clock.waitForSleepers(3)
            clock.advance(by: PrintJob.answerLimit)
            await clock.waitForSleepers(2)
            clock.advance(by: PrintJob.endLimit)
            #expect(await result == .unknown(.silent))
        }
    }

    @Test(arguments: [FakePrinter.Manner.isMute, .neverEnds])
    func `a mute printer has all of it, sees its end, and leaves doubt`(manner: FakePrinter.Manner) async throws {
        try await withFakePrinter(manner) { fake, printer in
            let slip = try Self.slip()
            async let result = printer.send(slip)
            // Connecting, sending, waiting for the answer: each has put a sleeper there.
            await clock.waitForSleepers(3)
            clock.advance(by: PrintJob.answerLimit)
            // Only the end of our side lets it come here.
            await fake.taken.reaches(1)
            if case .neverEnds = manner {
                await clock.waitForSleepers(2)
                clock.advance(by: PrintJob.endLimit)
            }
            #expect(await result == .unknown(.silent))
            if case .isMute = manner {
                await fake.ends.reaches(1)
                #expect(fake.jobs == [slip.bytes + PrinterStatus.request])
            }
        }
    }

    @Test(arguments: [FakePrinter.Manner.endsAtOnce, .resets])
    func `a connection that ends too early leaves doubt`(manner: FakePrinter.Manner) async throws {
        try await withFakePrinter(manner) { _, printer in
            let slip = try Self.slip()
            #expect(await printer.send(slip) == .unknown(.brokeOff))
        }
    }

    @Test func `whoever talks without an end is no printer`() async throws {
        try await withFakePrinter(.babbles) { fake, printer in
            let slip = try Self.slip()
            #expect(await printer.send(slip) == .unknown(.brokeOff))
            await fake.ends.reaches(1)
        }
    }

    @Test func `slips wait for each other, in order, and too many are turned away`() async throws {
        try await withFakePrinter(.answers(0)) { fake, printer in
            let slips = try (1...SlipPrinter.maximumWaiting).map { try Self.slip(folio: Int64($0)) }
            let results = await withTaskGroup(of: SlipPrintResult.self) { group in
                for slip in slips { group.addTask { await printer.send(slip) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results == Array(repeating: .printed(paperIsLow: false), count: slips.count))
            await fake.ends.reaches(slips.count)
            // Each whole, none inside another.
            #expect(Set(fake.jobs) == Set(slips.map { $0.bytes + PrinterStatus.request }))
        }
    }

    @Test func `behind too many waiting slips one is turned away at once`() async throws {
        let deaf = try LoopbackSocket(.ignores)
        let printer = try printer(at: deaf.port)
        let slip = try Self.slip()
        await withTaskGroup(of: SlipPrintResult.self) { group in
            for _ in 0...SlipPrinter.maximumWaiting { group.addTask { await printer.send(slip) } }
            // All others hang on the first, which hangs on its clock.
            #expect(await group.next() == .notReached(.busy))
            for round in 1...SlipPrinter.maximumWaiting {
                await clock.waitForSleepers()
                clock.advance(by: PrintJob.connectLimit)
                #expect(await group.next() == .notReached(.noAnswer), "\(round)")
            }
        }
        withExtendedLifetime(deaf) {}
    }
}
