import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Outbound
import Shared
import Synchronization
import TestSupport

/// The line between a box and the centre, in one process: it loses what it is told to lose.
final class FaultyLine: OutboundTransport {
    enum Fault: CaseIterable {
        /// Nothing leaves the box.
        case requestLost
        /// The centre did it, and nobody heard.
        case answerLost
        /// The request arrives twice; the second answer comes back.
        case twice
        /// A proxy in between answers for the centre.
        case badGateway
        /// The answer ends in the middle.
        case answerCut
    }

    private let client: any TestClientProtocol
    private let faults = Mutex<[Fault?]>([])
    /// What went over the line last, to be sent again much later.
    private let seen = Mutex<[OutboundRequest]>([])

    /// How many batches of events were answered.
    let answers = Tally()

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// The next requests meet these; nil is none.
    func script(_ next: [Fault?]) {
        faults.withLock { $0 += next }
    }

    /// Sends again what was sent so many requests ago, as a replaying proxy would.
    func replay(_ back: Int) async {
        let request = seen.withLock { seen in seen.dropLast(back).last }
        guard let request else { return }
        _ = try? await exchange(request)
    }

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        let fault = faults.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        seen.withLock { $0.append(request) }
        do {
            switch fault {
            case nil: return .answered(try await exchange(request))
            case .requestLost: return .notSent(.cancelled)
            case .answerLost:
                _ = try await exchange(request)
                return .outcomeUnknown(.cancelled)
            case .twice:
                _ = try await exchange(request)
                return .answered(try await exchange(request))
            case .badGateway:
                return .answered(OutboundResponse(status: 502, headers: ["retry-after": "3"], body: []))
            case .answerCut:
                let answer = try await exchange(request)
                return .answered(OutboundResponse(status: answer.status, body: Array(answer.body.dropLast(3))))
            }
        } catch {
            return .outcomeUnknown(.cancelled)
        }
    }

    private func exchange(_ request: OutboundRequest) async throws -> OutboundResponse {
        var headers: HTTPFields = [:]
        for (name, value) in request.headers {
            if let name = HTTPField.Name(name) { headers[name] = value.reveal() }
        }
        let path = String(request.url.trimmingPrefix(BoxUnderTest.centreURL))
        let body = request.body.map { ByteBuffer(bytes: $0.reveal()) }
        let response = try await client.execute(uri: path, method: .post, headers: headers, body: body)
        if path == "/sync/events" { answers.increment() }
        var fields: [String: String] = [:]
        for field in response.headers { fields[field.name.canonicalName] = field.value }
        return OutboundResponse(
            status: response.status.code,
            headers: fields,
            body: Array(response.body.readableBytesView)
        )
    }
}
