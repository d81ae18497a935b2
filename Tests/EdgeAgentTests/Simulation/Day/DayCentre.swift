import Foundation
import Outbound
import Shared
import Synchronization

/// The centre's side of the conversation, as much of it as the box depends on: events in order, each once, chained.
final class DayCentre: Sendable {
    static let url = "http://centro"

    private struct State {
        var events: [String] = []
        var head = SyncPoint.beginning(of: 1)
        var findings: [String] = []
    }

    private let state = Mutex(State())

    /// Every event, as it came.
    var events: [String] { state.withLock { $0.events } }
    /// What no box may send.
    var findings: [String] { state.withLock { $0.findings } }

    func read(poll request: OutboundRequest) throws -> SyncPoll.Request {
        try JSONDecoder().decode(SyncPoll.Request.self, from: Data(request.body?.reveal() ?? []))
    }

    func answer(_ poll: SyncPoll.Request, at now: Timestamp) throws -> OutboundOutcome {
        try Self.answered(200, SyncPoll.Reply(serverTime: now, snapshot: nil, commands: []))
    }

    /// Takes a batch. What is there already is compared, and not taken twice.
    func take(_ request: OutboundRequest) throws -> OutboundOutcome {
        guard let batch = try? JSONDecoder().decode(EventBatch.self, from: Data(request.body?.reveal() ?? [])) else {
            // Nothing happens on these days that would call for another epoch.
            state.withLock { $0.findings.append("the box asked for \(request.url)") }
            return .answered(OutboundResponse(status: 400, body: []))
        }
        return try state.withLock { state in
            if batch.epoch != 1 || batch.fromSeq > state.head.seq + 1 {
                state.findings.append("a batch from \(batch.epoch)/\(batch.fromSeq), at \(state.head.seq)")
                return .answered(OutboundResponse(status: 400, body: []))
            }
            for (offset, event) in batch.events.enumerated() {
                let seq = Int(batch.fromSeq) + offset
                if seq <= state.events.count {
                    if state.events[seq - 1] != event { state.findings.append("event \(seq) came with other bytes") }
                } else {
                    if offset == 0, batch.previousHash != state.head.hash {
                        state.findings.append("the chain breaks before \(seq)")
                    }
                    state.events.append(event)
                    state.head = SyncPoint(
                        epoch: 1,
                        seq: Int64(seq),
                        hash: SHA256Digest(of: state.head.hash.bytes + Array(event.utf8))
                    )
                }
            }
            return try Self.answered(200, state.head)
        }
    }

    private static func answered(_ status: Int, _ body: some Encodable) throws -> OutboundOutcome {
        .answered(OutboundResponse(status: status, body: Array(try JSONEncoder().encode(body))))
    }
}
