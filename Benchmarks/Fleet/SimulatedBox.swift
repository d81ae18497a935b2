import Foundation
import Shared

/// A box as the centre sees it: one connection on which it waits for news, another for each sale.
struct SimulatedBox: Sendable {
    /// As the box's own client asks.
    private static let waitSeconds = 50

    let number: Int
    let port: UInt16
    let ledger: FleetLedger
    private let startedAt = WallClock.system.now

    private var credential: String { FleetRows.credential(number) }

    /// Polls until it is cancelled.
    func poll() async {
        var version: Int64 = 1
        var ceiling = 1.0
        // Boxes are not switched on in the same moment.
        try? await Task.sleep(for: .seconds(Double.random(in: 0...10)))
        while !Task.isCancelled {
            var retryAfter = 0
            do {
                try await FleetConnection.open(to: port) { connection in
                    var waitSeconds = 0
                    while !Task.isCancelled {
                        let question = question(version, waitSeconds)
                        let answer = try await connection.post("/sync/poll", question, credential: credential)
                        guard answer.status == 200 else {
                            retryAfter = answer.retryAfter ?? 0
                            throw FleetConnection.Ended()
                        }
                        let reply = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(answer.body.utf8))
                        if let seconds = reply.retryAfterSeconds {
                            retryAfter = seconds
                            throw FleetConnection.Ended()
                        }
                        ledger.noteAnswer(to: number)
                        (ceiling, waitSeconds) = (1, Self.waitSeconds)
                        if let snapshot = reply.snapshot {
                            version = try Self.version(of: snapshot)
                            ledger.noteChange(of: number)
                        }
                        try await Task.sleep(for: .milliseconds(250))
                    }
                }
            } catch {
                try? await Task.sleep(for: Self.pause(retryAfter, &ceiling))
            }
        }
    }

    /// Sells so many fichas at random moments of so many seconds, and sends each until the centre has it.
    func sell(_ count: Int, within seconds: Double) async throws {
        var (seq, hash) = (Int64(0), SHA256Digest.zeros)
        var rest = seconds
        for _ in 0..<count {
            let pause = Double.random(in: 0...(rest / Double(count)))
            rest -= pause
            try await Task.sleep(for: .seconds(pause))
            seq += 1
            let event = String(decoding: try JSONEncoder().encode(sale(seq)), as: UTF8.self)
            let batch = EventBatch(
                epoch: 1,
                incarnation: FleetRows.incarnation(number),
                fromSeq: seq,
                previousHash: hash,
                sentAt: WallClock.system.now,
                events: [event]
            )
            hash = SHA256Digest(of: hash.bytes + Array(event.utf8))
            ledger.noteSale()
            try await push(batch)
            ledger.noteTaken()
        }
    }

    private func push(_ batch: EventBatch) async throws {
        var ceiling = 1.0
        while true {
            var retryAfter = 0
            do {
                let answer = try await FleetConnection.open(to: port) { connection in
                    try await connection.post("/sync/events", batch, credential: credential)
                }
                if answer.status == 200 { return }
                guard answer.status >= 500 else { throw BenchCentre.Failure(description: answer.body) }
                retryAfter = answer.retryAfter ?? 0
            } catch let failure as BenchCentre.Failure {
                throw failure
            } catch {
                try Task.checkCancellation()
            }
            try await Task.sleep(for: Self.pause(retryAfter, &ceiling))
        }
    }

    /// The box's own rule: what the centre asks for and up to a second; else anything up to a ceiling that doubles.
    private static func pause(_ retryAfter: Int, _ ceiling: inout Double) -> Duration {
        if retryAfter > 0 { return .seconds(Double(retryAfter) + Double.random(in: 0...1)) }
        defer { ceiling = min(30, ceiling * 2) }
        return .seconds(Double.random(in: 0...ceiling))
    }

    private func question(_ version: Int64, _ waitSeconds: Int) -> SyncPoll.Request {
        let now = WallClock.system.now
        return SyncPoll.Request(
            appliedVersion: version,
            refusal: nil,
            waitSeconds: waitSeconds,
            sentAt: now,
            report: BoxReport(
                softwareVersion: "0.1.0",
                startedAt: startedAt,
                unsyncedEvents: 0,
                purchasesInDoubt: 0,
                purchasesForAttention: 0,
                routers: [BoxReport.Router(id: "rtr_\(number)", isConnected: true)]
            ),
            results: []
        )
    }

    private func sale(_ seq: Int64) -> VentaEvent {
        let venta = VentaEvent.Venta(
            id: "pur_\(number)_\(seq)",
            method: "card",
            outcome: .delivered,
            routerID: "rtr_\(number)",
            productID: 1,
            productName: "1 hora",
            durationSeconds: 3_600,
            fichaCode: "4382719056",
            amountCents: 1_500,
            refundedCents: 0,
            currency: "MXN",
            orderID: "ord_\(number)_\(seq)",
            chargeID: "chg_\(number)_\(seq)"
        )
        return VentaEvent(boxID: "box_\(number)", epoch: 1, seq: seq, at: WallClock.system.now, venta: venta)
    }

    private static func version(of document: SignedSnapshot) throws -> Int64 {
        struct Version: Decodable { let snapshot_version: Int64 }
        return try JSONDecoder().decode(Version.self, from: Data(document.payload.utf8)).snapshot_version
    }
}
