import Foundation
import Shared
import TestSupport
import Testing

/// A box that sends its events now to one centre, now to another, and to both at once when it feels like it: what a
/// balancer in front of several makes of a box's connections.
struct CentreStream: Sendable {
    private static let batches = 60
    private static let batchSize = 5
    static let ventas = batches * batchSize

    let boxID: String
    private let credential: String
    private let ports: [UInt16]
    private let chain: EventChain
    private let seed: UInt64

    /// Enrols the box.
    init(code: String, number: Int, centres: [RunningCentre]) async throws {
        let incarnation = String(repeating: String(number, radix: 16), count: 32)
        let body = ["code": code, "incarnation": incarnation, "software_version": "0.1.0"]
        let reply = try await #require(centres.first).ask("POST", "/sync/enroll", body)
        boxID = try #require(reply.text("box_id"), "\(String(decoding: reply.body, as: UTF8.self))")
        credential = try #require(reply.text("credential"))
        ports = centres.map(\.port)
        seed = UInt64(number)
        var chain = EventChain(boxID: boxID, incarnation: incarnation)
        for event in 0..<Self.ventas { try chain.addVenta("pur_\(number)_\(event)", cents: 1_000) }
        self.chain = chain
    }

    /// Sends all of it, each batch until a centre says it has it.
    ///
    /// - Parameter taken: Counts the batches that were.
    func send(_ taken: Tally) async throws {
        var generator = SplitMix64(seed: seed)
        for batch in 0..<Self.batches {
            let first = batch * Self.batchSize + 1
            let body = try JSONEncoder().encode(chain.batch(first...(first + Self.batchSize - 1)))
            var at = Int.random(in: 0..<ports.count, using: &generator)
            let isDoubled = Bool.random(using: &generator)
            let other = ports[(at + 1) % ports.count]
            async let twin: Void = isDoubled ? ignoring(body, at: other) : ()
            while try await !push(body, to: ports[at]) { at = (at + 1) % ports.count }
            await twin
            taken.increment()
        }
    }

    /// - Returns: Whether the centre took it; false when it is not there.
    private func push(_ body: Data, to port: UInt16) async throws -> Bool {
        let answer: PlainHTTP.Answer
        do {
            answer = try await exchange(body, port)
        } catch {
            return false
        }
        if answer.status == 503 { return false }
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        let point = try JSONDecoder().decode(SyncPoint.self, from: answer.body)
        #expect(point.hash == chain.hashes[Int(point.seq)])
        return answer.status == 200
    }

    private func ignoring(_ body: Data, at port: UInt16) async {
        _ = try? await exchange(body, port)
    }

    private func exchange(_ body: Data, _ port: UInt16) async throws -> PlainHTTP.Answer {
        try await PlainHTTP(port: port).exchange(
            "POST",
            "/sync/events",
            accept: "application/json",
            headers: ["Authorization": "Bearer " + credential],
            body: body
        )
    }
}
