import Shared
import Synchronization
import Testing

@testable import Purchasing

/// Drives a machine by hand, so that a test reads as a transcript: what happened, what the machine wants next.
struct PurchaseTranscript {
    static let start = Timestamp(seconds: 1_800_000_000)
    static let code = drawCode()
    static let secondCode = drawCode()

    var machine: PurchaseStateMachine
    var now = PurchaseTranscript.start
    /// How far somebody set the wall clock.
    private var clockWasSetBy = Duration.zero

    init(policy: PurchasePolicy = PurchasePolicy()) {
        self.init(Self.purchase(), policy: policy)
    }

    /// A machine made anew from what is on the disk, as after a crash.
    init(_ purchase: Purchase, policy: PurchasePolicy = PurchasePolicy(), now: Timestamp = PurchaseTranscript.start) {
        let codes = Codes([Self.code, Self.secondCode])
        self.now = now
        machine = PurchaseStateMachine(
            purchase,
            policy: policy,
            now: PurchaseMoment(time: now, uptime: now - Self.start),
            mintCode: codes.draw
        )
    }

    /// A purchase that has come as far as the charge that may have left.
    static func charging(policy: PurchasePolicy = PurchasePolicy()) -> PurchaseTranscript {
        var transcript = PurchaseTranscript(policy: policy)
        _ = transcript.after(.orderCreated(orderID: "ord_1"))
        _ = transcript.after(.chargeAllowed)
        return transcript
    }

    /// A purchase whose payment is certain and whose user is being made.
    static func paid(policy: PurchasePolicy = PurchasePolicy()) -> PurchaseTranscript {
        var transcript = charging(policy: policy)
        _ = transcript.after(.chargeAnswered(.looksPaid(chargeID: "chg_1")))
        _ = transcript.after(.orderRead(paidReading))
        return transcript
    }

    static let paidReading = OrderReading.paid(
        chargeID: "chg_1",
        chargedCents: 1_500,
        priceMatches: true,
        refundedCents: 0
    )
    static let refundedReading = OrderReading.paid(
        chargeID: "chg_1",
        chargedCents: 1_500,
        priceMatches: true,
        refundedCents: 1_500
    )

    mutating func after(_ event: PurchaseEvent, waiting: Duration = .zero) -> PurchaseStep {
        now = now + waiting
        return machine.handle(event, now: moment)
    }

    mutating func resume() -> PurchaseStep {
        machine.resume(now: moment)
    }

    mutating func setClockForwards(by duration: Duration) {
        clockWasSetBy += duration
    }

    private var moment: PurchaseMoment {
        PurchaseMoment(time: now + clockWasSetBy, uptime: now - Self.start)
    }

    var state: PurchaseState { machine.purchase.state }

    private static func purchase() -> Purchase {
        var generator = SystemRandomNumberGenerator()
        return Purchase(
            id: PurchaseID(using: &generator),
            routerID: "r1",
            product: PurchasedProduct(
                id: 1,
                name: "1 hora",
                price: Money(cents: 1_500),
                durationSeconds: 3_600,
                clock: .corrido,
                mikrotikProfile: "1h"
            ),
            createdAt: start
        )
    }

    private static func drawCode() -> FichaCode {
        var generator = SystemRandomNumberGenerator()
        return FichaCode(using: &generator)
    }
}

/// Hands out its codes in order, and the last one for ever.
private final class Codes: Sendable {
    private let rest: Mutex<[FichaCode]>

    init(_ codes: [FichaCode]) {
        rest = Mutex(codes)
    }

    func draw() -> FichaCode {
        rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}

extension PurchaseStep {
    static func commit(_ action: PurchaseAction, after delay: Duration = .zero) -> PurchaseStep {
        PurchaseStep(mustCommit: true, delay: delay, action: action)
    }

    static func act(_ action: PurchaseAction, after delay: Duration = .zero) -> PurchaseStep {
        PurchaseStep(mustCommit: false, delay: delay, action: action)
    }
}
