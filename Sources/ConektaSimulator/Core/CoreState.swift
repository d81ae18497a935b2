import Shared

/// What `ConektaCore` guards with its lock.
struct CoreState: Sendable {
    /// A call whose execution a fault put off.
    struct LateCall: Sendable {
        let dueAt: Timestamp
        let call: ConektaCall
    }

    var api: ConektaAPI
    var faults = FaultPlan()
    var counts = RequestCounts()
    /// Added to the wall clock: how far the simulator's time was moved forward.
    var offset: Duration = .zero
    var latencies: [Endpoint: Duration] = [:]
    var latency: Duration = .zero
    private(set) var lateCalls: [LateCall] = []

    init(account: ConektaAccount, identifiers: IdentifierSource) {
        api = ConektaAPI(account: account, identifiers: identifiers)
    }

    /// Executes the late calls whose time has come, each as of its own time, in the order of these times.
    mutating func settle(at now: Timestamp) {
        while let index = lateCalls.indices.min(by: { lateCalls[$0].dueAt < lateCalls[$1].dueAt }),
            lateCalls[index].dueAt <= now
        {
            let late = lateCalls.remove(at: index)
            _ = api.answer(late.call, at: late.dueAt, origin: "")
        }
    }

    mutating func handle(_ call: ConektaCall, at now: Timestamp, origin: String) -> ConektaReply {
        counts.add(call)
        let fault = faults.next(for: call)
        let response = execute(call, as: fault.execution, at: now, origin: origin)
        return ConektaReply(
            delivery: delivery(of: response, as: fault.answer, call: call, at: now, origin: origin),
            latency: latencies[call.endpoint] ?? latency
        )
    }

    /// Nil when nothing was executed.
    private mutating func execute(
        _ call: ConektaCall,
        as execution: Fault.Execution,
        at now: Timestamp,
        origin: String
    ) -> ConektaResponse? {
        var call = call
        switch execution {
        case .never: return nil
        case .late(let delay):
            lateCalls.append(LateCall(dueAt: now + delay, call: call))
            return nil
        case .once: break
        case .twice: _ = api.answer(call, at: now, origin: origin)
        case .otherAmount(let cents): call.tampering = ChargeTampering(amountCents: cents)
        case .outcome(let outcome): call.tampering = ChargeTampering(outcome: outcome)
        }
        return api.answer(call, at: now, origin: origin)
    }

    private mutating func delivery(
        of response: ConektaResponse?,
        as answer: Fault.Answer,
        call: ConektaCall,
        at now: Timestamp,
        origin: String
    ) -> ConektaReply.Delivery {
        switch answer {
        case .whole: return response.map(ConektaReply.Delivery.answer) ?? .closed
        case .cutBody: return response.map { .cut($0, bodyBytes: $0.body.count / 2) } ?? .closed
        case .altered(let alteration):
            guard var response else { return .closed }
            if response.status == 200, let json = response.json { response.body = alteration.applied(to: json).data }
            return .answer(response)
        case .closed: return .closed
        case .silence: return .silence
        case .html(let status): return .answer(.htmlError(status))
        case .error(let status):
            let rendering = Rendering(account: api.account, now: now, origin: origin)
            var failure = api.refusal(.scripted(status: status), of: call, rendering)
            failure.status = status
            return .answer(failure)
        }
    }
}
