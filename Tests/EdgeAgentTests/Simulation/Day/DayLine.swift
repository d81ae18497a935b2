import ConektaSimulator
import Outbound
import Shared

/// The box's way out: to Conekta and to the centre, each cut when ``LineCuts`` says so, also under a call.
struct DayLine: OutboundTransport {
    static let conektaURL = "https://api.conekta.io"

    let world: SimulatedWorld
    let time: DayTime
    let cuts: LineCuts
    let centre: DayCentre
    let traffic: Traffic
    let life: Int

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        guard world.isAlive(life) else { return .notSent(.shuttingDown) }
        do {
            return try await exchange(request)
        } catch {
            return .outcomeUnknown(.cancelled)
        }
    }

    private func exchange(_ request: OutboundRequest) async throws -> OutboundOutcome {
        let kind = kind(of: request)
        let side: LineCuts.Side = kind == .look || kind == .payment ? .conekta : .centre
        let begin = time.now
        traffic.note(kind, at: begin.time)
        let strike = kind == .payment && request.method == .post ? cuts.strike() : nil
        if strike == .before { cuts.begin(at: begin.time, reaching: side) }
        if let cut = cut(of: side) {
            guard cut.isSilent else { return .notSent(.cannotConnect) }
            try await time.sleep(for: request.timeouts.connect)
            return .notSent(.timedOut)
        }
        try await time.sleep(for: cuts.latency())
        if strike == .onTheWayThere { cuts.begin(at: time.now.time, reaching: side) }
        if let cut = cut(of: side) { return try await lost(in: cut, request, since: begin) }
        let answer = try await answer(to: request, kind)
        try await time.sleep(for: cuts.latency())
        if strike == .onTheWayBack { cuts.begin(at: time.now.time, reaching: side) }
        if let cut = cut(of: side) { return try await lost(in: cut, request, since: begin) }
        if strike == .after { cuts.begin(at: time.now.time, reaching: side) }
        return answer
    }

    private func cut(of side: LineCuts.Side) -> LineCuts.Cut? { cuts.cut(of: side, at: time.now.time) }

    private func lost(
        in cut: LineCuts.Cut,
        _ request: OutboundRequest,
        since begin: DayTime.Instant
    ) async throws -> OutboundOutcome {
        guard cut.isSilent else { return .outcomeUnknown(.connectionLost) }
        try await time.sleep(until: begin.advanced(by: request.timeouts.total), tolerance: nil)
        return .outcomeUnknown(.timedOut)
    }

    private func answer(to request: OutboundRequest, _ kind: Traffic.Kind) async throws -> OutboundOutcome {
        switch kind {
        case .look, .payment:
            guard case .answer(let response) = world.conekta.handle(ConektaRequest(request)).delivery else {
                return .outcomeUnknown(.connectionLost)
            }
            return .answered(
                OutboundResponse(status: response.status, headers: response.headers, body: Array(response.body))
            )
        case .poll:
            let poll = try centre.read(poll: request)
            try await time.sleep(for: .seconds(poll.waitSeconds))
            return try centre.answer(poll, at: time.now.time)
        case .events:
            return try centre.take(request)
        }
    }

    private func kind(of request: OutboundRequest) -> Traffic.Kind {
        if request.url == Self.conektaURL + "/" { return .look }
        if request.url.hasPrefix(Self.conektaURL) { return .payment }
        return request.url.hasSuffix("/sync/poll") ? .poll : .events
    }
}
