import Logging
import Outbound
import ServerKit
import ServiceLifecycle

/// Looks whether Conekta can be reached while nobody pays, so that no buyer has to find out and the portal takes cards
/// again by itself.
struct WayOutRunner: Service {
    private static let timeouts = OutboundRequest.Timeouts(connect: .seconds(5), total: .seconds(10))

    let wayOut: WayOut
    /// Asked without a key: any answer of its own says that the way is there.
    let conektaURL: String
    let outbound: any OutboundTransport
    var clock: any Clock<Duration> = ContinuousClock()
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let pause = wayOut.untilNextLook
                if pause > .zero {
                    await wayOut.bell.wait(upTo: pause, clock)
                } else {
                    await look()
                }
            }
        }
    }

    private func look() async {
        let request = OutboundRequest(.get, conektaURL + "/", timeouts: Self.timeouts, maximumResponseBytes: 65_536)
        let askedAt = wayOut.now
        let outcome = await outbound.send(request)
        guard !Task.isCancelled else { return }
        guard wayOut.note(Self.news(in: outcome), askedAt: askedAt) else { return }
        if wayOut.isOpen {
            logger.notice("Conekta can be reached again")
        } else {
            logger.warning("Conekta cannot be reached", metadata: ["outcome": "\(outcome)"])
        }
    }

    /// A gateway that answers for a Conekta that is down is no way to pay.
    private static func news(in outcome: OutboundOutcome) -> WayOutState.News {
        guard case .answered(let response) = outcome, response.status < 500 else { return .unreachable }
        return .answered
    }
}
