import ConektaSimulator
import Foundation
import Outbound
import Shared

/// The way to Conekta without sockets: the production client's requests reach the simulator's core, with faults.
struct SimulatedConekta: OutboundTransport {
    let world: SimulatedWorld
    let life: Int
    let crash: CrashSignal

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        guard world.isAlive(life) else { return .notSent(.shuttingDown) }
        var call = ConektaRequest(request)
        let fault = world.script.nextCall(.conekta, "\(call.method) \(call.target)")
        world.time.pass(.milliseconds(50))
        switch fault {
        case .crashBefore:
            return await die()
        case .crashAfter:
            _ = world.conekta.handle(call)
            return await die()
        case .notSent:
            return .notSent(.cannotConnect)
        case .clockForwardADay:
            world.setClock(forwardsBy: .seconds(86_400))
        case .clockBackTo1970:
            world.setClock(to: Timestamp(seconds: 0))
        case .keyRefusedForHalfAMinute:
            world.refuseKey(for: .seconds(30))
        case .keyRefusedForTwoHours:
            world.refuseKey(for: .seconds(7_200))
        default:
            if let fault = fault.flatMap(Self.simulatorFault) { world.conekta.script(fault) }
        }
        if world.isKeyRefused { call.headers["authorization"] = "Bearer key_de_antes" }
        return outcome(of: world.conekta.handle(call))
    }

    private func die() async -> OutboundOutcome {
        await crash.happen()
        return .outcomeUnknown(.shuttingDown)
    }

    private func outcome(of reply: ConektaReply) -> OutboundOutcome {
        switch reply.delivery {
        case .answer(let response):
            return .answered(
                OutboundResponse(status: response.status, headers: response.headers, body: Array(response.body))
            )
        case .cut: return .outcomeUnknown(.answerCut)
        case .closed: return .outcomeUnknown(.connectionLost)
        case .silence:
            world.time.pass(.seconds(60))
            return .outcomeUnknown(.timedOut)
        }
    }

    private static func simulatorFault(_ fault: CallFault) -> Fault? {
        switch fault {
        case .lostBefore: Fault(.never, answer: .silence)
        case .lostAfter: Fault(.once, answer: .closed)
        case .lateByAMinute: Fault(.late(after: .seconds(120)), answer: .silence)
        case .lateByTwentyMinutes: Fault(.late(after: .seconds(1_260)), answer: .silence)
        case .errorBefore: Fault(.never, answer: .error(status: 503))
        case .errorAfter: Fault(.once, answer: .error(status: 500))
        case .limitedBefore: Fault(.never, answer: .error(status: 429))
        case .limitedAfter: Fault(.once, answer: .error(status: 429))
        case .refusedAfter: Fault(.once, answer: .error(status: 422))
        case .htmlAfter: Fault(.once, answer: .html(status: 502))
        case .cutAfter: Fault(.once, answer: .cutBody)
        case .twice: Fault(.twice)
        case .otherAmount: Fault(.otherAmount(cents: 9_900))
        case .otherCurrencyShown: Fault(answer: .altered(.currency("USD")))
        case .otherStatusShown: Fault(answer: .altered(.chargeStatus("en_el_limbo")))
        case .foreignOrderShown: Fault(answer: .altered(.foreignOrder))
        default: nil
        }
    }
}

extension ConektaRequest {
    /// The request as the simulator's HTTP server would hand it over.
    init(_ request: OutboundRequest) {
        let url = URL(string: request.url)
        self.init(
            method: request.method.rawValue,
            target: url.map { $0.path + ($0.query.map { "?" + $0 } ?? "") } ?? "/",
            headers: request.headers.mapValues { $0.reveal() },
            body: Data(request.body?.reveal() ?? [])
        )
    }
}
