import FoundationEssentials
import Outbound
import Shared

/// The box's side of the conversation with the centre. The box only dials out.
struct CentreClient: Sendable {
    /// Of a poll, in seconds: what lies between may cut a connection that is silent for a minute.
    static let longestWaitSeconds = 50

    /// What became of a batch.
    enum PushAnswer: Equatable {
        case acknowledged(SyncPoint)
        /// With how far the epoch has come there; nil when the centre has none.
        case refused(BatchRefusal, SyncPoint?)
    }

    private struct Problem: Decodable {
        struct Words: Decodable {
            let code: String
        }
        let error: Words
        let acknowledged: SyncPoint?
    }

    /// Without a slash at the end.
    let baseURL: String
    /// Nil before the box is enrolled.
    let credential: Secret<String>?
    let outbound: any OutboundTransport

    /// Uses up a one-time code.
    func enroll(_ request: Enrolment.Request) async throws(CentreFailure) -> Enrolment.Reply {
        try Self.decode(try await post("/sync/enroll", request))
    }

    /// Tells how the box stands and waits for news.
    func poll(_ request: SyncPoll.Request) async throws(CentreFailure) -> SyncPoll.Reply {
        let total = Duration.seconds(request.waitSeconds + 20)
        let reply: SyncPoll.Reply = try Self.decode(try await post("/sync/poll", request, total: total))
        // The centre had to end while the answer was held back.
        if let seconds = reply.retryAfterSeconds { throw .away(retryAfter: Self.pause(seconds)) }
        return reply
    }

    /// Takes events up. The same batch may be sent again, whatever became of it.
    func push(_ batch: EventBatch) async throws(CentreFailure) -> PushAnswer {
        let response = try await answer("/sync/events", batch, total: .seconds(60))
        if response.status == 409 {
            let problem: Problem = try Self.decode(response)
            guard let refusal = BatchRefusal(rawValue: problem.error.code) else { throw Self.failure(response) }
            return .refused(refusal, problem.acknowledged)
        }
        guard response.status == 200 else { throw Self.failure(response) }
        return .acknowledged(try Self.decode(response))
    }

    /// The epoch of a run of the box's history; the same for the same run.
    func openEpoch(_ request: EpochRequest) async throws(CentreFailure) -> Int64 {
        let reply: EpochRequest.Reply = try Self.decode(try await post("/sync/epoch", request))
        return reply.epoch
    }

    // MARK: Private

    private func post(
        _ path: String,
        _ body: some Encodable,
        total: Duration = .seconds(30)
    ) async throws(CentreFailure) -> OutboundResponse {
        let response = try await answer(path, body, total: total)
        guard (200..<300).contains(response.status) else { throw Self.failure(response) }
        return response
    }

    private func answer(
        _ path: String,
        _ body: some Encodable,
        total: Duration
    ) async throws(CentreFailure) -> OutboundResponse {
        guard let json = try? JSONEncoder().encode(body) else { throw .unintelligible }
        var headers: [String: Secret<String>] = ["Content-Type": Secret("application/json")]
        if let credential { headers["Authorization"] = Secret("Bearer \(credential.reveal())") }
        let request = OutboundRequest(
            .post,
            baseURL + path,
            headers: headers,
            body: Secret(Array(json)),
            timeouts: .init(connect: .seconds(10), total: total),
            maximumResponseBytes: 2 * SiteSnapshot.maximumBytes
        )
        guard case .answered(let response) = await outbound.send(request) else { throw .away(retryAfter: nil) }
        return response
    }

    private static func decode<Value: Decodable>(_ response: OutboundResponse) throws(CentreFailure) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(response.body))
        } catch {
            throw .unintelligible
        }
    }

    private static func failure(_ response: OutboundResponse) -> CentreFailure {
        switch response.status {
        case 401: return .notAdmitted
        case 408, 429, 500...:
            return .away(retryAfter: response.headers["retry-after"].flatMap { Int($0) }.map(pause))
        default:
            let problem = try? JSONDecoder().decode(Problem.self, from: Data(response.body))
            return .refused(status: response.status, code: problem?.error.code ?? "")
        }
    }

    /// As long as the centre asks for, within reason.
    private static func pause(_ seconds: Int) -> Duration { .seconds(min(max(seconds, 0), 600)) }
}
