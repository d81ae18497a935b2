import Crypto
import Foundation
import Outbound
import Shared
import Synchronization
import TestSupport

/// A centre that answers polls as a test wrote down, one after the other, and holds every one after those.
final class ScriptedCentre: OutboundTransport {
    let signingKey = Curve25519.Signing.PrivateKey()
    /// How many polls came.
    let asked = Tally()
    private let state = Mutex((answers: [SyncPoll.Reply](), polls: [SyncPoll.Request]()))

    var polls: [SyncPoll.Request] { state.withLock { $0.polls } }

    /// The next poll that is not answered yet gets this.
    func answer(
        _ document: String? = nil,
        signedBy key: Curve25519.Signing.PrivateKey? = nil,
        retryAfter: Int? = nil
    ) throws {
        let reply = SyncPoll.Reply(
            serverTime: Timestamp(seconds: 1_800_000_000),
            snapshot: try document.map { try SignedSnapshot(signing: $0, with: key ?? signingKey) },
            commands: [],
            retryAfterSeconds: retryAfter
        )
        state.withLock { $0.answers.append(reply) }
    }

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        let poll = try? JSONDecoder().decode(SyncPoll.Request.self, from: Data(request.body?.reveal() ?? []))
        let (reply, count) = state.withLock { state in
            if let poll { state.polls.append(poll) }
            return (state.answers.isEmpty ? nil : state.answers.removeFirst(), state.polls.count)
        }
        asked.set(count)
        guard let reply, let body = try? JSONEncoder().encode(reply) else {
            // Held open until whoever asked ends.
            try? await TestClock().sleep(for: .seconds(1))
            return .notSent(.cancelled)
        }
        return .answered(OutboundResponse(status: 200, headers: [:], body: Array(body)))
    }
}
