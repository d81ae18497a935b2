public import Shared

/// The purchase as a pure state machine: an event in, the next step out. No I/O, no clock, no database.
///
/// ```
/// created ─▶ order_created ─▶ charging ─▶ paid ─▶ provisioned ─▶ delivered
///    │            │             │  └▶ declined      │ (router away too long)
///    │            │             └▶ in_doubt ─▶ paid | declined
///    └▶ abandoned └▶ abandoned                      └▶ refunding ─▶ refunded
/// ```
/// The runner commits each changed purchase before it carries out the step's action, and feeds what happened back in.
/// ``resume(now:)`` is the same path after a crash: its first step never charges, because whoever finds `charging` on
/// the disk cannot know whether the charge left. The only step that charges is the answer to `chargeAllowed`.
///
/// `declined → refunding` exists too: a purchase whose doubt ended without a charge is watched for a late one.
public struct PurchaseStateMachine: Sendable {
    public internal(set) var purchase: Purchase
    let policy: PurchasePolicy
    let mintCode: @Sendable () -> FichaCode
    /// Attempts in a row at the present action that did not help. In memory only: a restart may ask again at once.
    var failures = 0
    /// Conekta refused the charge before it reached the bank. In memory only: after a crash it is a doubt like any other.
    var wasRefused = false
    /// When the order could last be read; before that, when there was first something to read about.
    var lastReadAt: Timestamp
    /// The uptime when something last left whose effect may come late, or when this machine was made.
    var settlingSince: Duration

    /// - Parameters:
    ///   - mintCode: Draws a fresh code; called when the payment is certain or a name turns out to be taken.
    public init(
        _ purchase: Purchase,
        policy: PurchasePolicy,
        now: PurchaseMoment,
        mintCode: @escaping @Sendable () -> FichaCode
    ) {
        self.purchase = purchase
        self.policy = policy
        self.mintCode = mintCode
        lastReadAt = min(now.time, purchase.refundSentAt ?? purchase.chargeSentAt ?? now.time)
        settlingSince = now.uptime
    }

    /// The first step of a purchase that was just made up: commit it, then ask for the order.
    public func begin() -> PurchaseStep {
        PurchaseStep(mustCommit: true, delay: .zero, action: .createOrder)
    }

    /// The first step for a purchase found on the disk.
    public mutating func resume(now: PurchaseMoment) -> PurchaseStep {
        switch purchase.state {
        case .created, .orderCreated:
            // The token went with the process, so this can never be charged any more.
            return end(.abandoned, refusal: .interrupted, now: now)
        case .charging:
            purchase.state = .inDoubt
            return commit(readOrder)
        case .inDoubt, .refunding, .needsAttention:
            return act(readOrder)
        case .paid, .provisioned:
            return askRouter(now: now, mustCommit: false)
        case .declined:
            // The watch may have ended while nobody looked: the order says what happened meanwhile.
            return act(purchase.refusal == .noChargeFound ? readOrder : .finish)
        case .refunded:
            return cleanUp(now: now, mustCommit: false)
        case .delivered, .abandoned:
            return act(.finish)
        }
    }

    /// Takes what happened and says what to do next.
    public mutating func handle(_ event: PurchaseEvent, now: PurchaseMoment) -> PurchaseStep {
        switch (purchase.state, event) {
        case (.created, .orderCreated(let orderID)):
            purchase.orderID = orderID
            purchase.state = .orderCreated
            return commit(.askToCharge)
        case (.created, .orderNotCreated(let refusal)), (.orderCreated, .chargeForbidden(let refusal)):
            return end(.abandoned, refusal: refusal, now: now)
        case (.orderCreated, .chargeAllowed):
            return beginCharging(now: now)
        case (.charging, .chargeAnswered(let answer)):
            return handle(answer, now: now)
        case (.charging, .orderRead(let reading)), (.inDoubt, .orderRead(let reading)),
            (.declined, .orderRead(let reading)):
            return handleWhileSettling(reading, now: now)
        case (.paid, .userProvisioned):
            return deliver(now: now)
        case (.paid, .provisioningFailed(let failure)):
            return handle(failure, now: now)
        case (.refunding, .orderRead(let reading)):
            return handleWhileRefunding(reading, now: now)
        case (.refunding, .refundAnswered(let answer)):
            return handle(answer, now: now)
        case (.needsAttention, .orderRead(let reading)):
            return handleWhileWaitingForAttention(reading, now: now)
        case (.refunded, .userAbsent):
            return handleUserAbsent(now: now)
        case (.refunded, .userRemovalFailed):
            return retry(cleanUp(now: now, mustCommit: false).action)
        case (.delivered, _), (.abandoned, _):
            return act(.finish)
        default:
            return needAttention(.unexpectedEvent)
        }
    }

    /// The code of the purchase is taken in the database: takes another one, to be committed instead.
    public mutating func replaceTakenCode(now: PurchaseMoment) -> PurchaseStep {
        purchase.fichaCode = mintCode()
        return askRouter(now: now, mustCommit: true)
    }

    /// The purchase could not be written down. Nothing may be charged on what is not on the disk, so before the charge
    /// this ends it; nil when the charge may have left, and the runner can only try to write again.
    public mutating func callOff(now: PurchaseMoment) -> PurchaseStep? {
        switch purchase.state {
        // `charging` is only ever committed before the charge leaves.
        case .created, .orderCreated, .charging:
            purchase.chargeSentAt = nil
            return end(.abandoned, refusal: .interrupted, now: now)
        default:
            return nil
        }
    }
}

extension PurchaseStateMachine {
    /// The purchase as it is can never be written down: a defect of ours, which a person has to see.
    public mutating func setAside() -> PurchaseStep {
        needAttention(.unexpectedEvent)
    }
}

// MARK: - Steps

extension PurchaseStateMachine {
    /// A purchase without an order has nothing to read; that would be a defect, and a person has to see it.
    var readOrder: PurchaseAction {
        purchase.orderID.map { .readOrder(orderID: $0) } ?? .finish
    }

    /// Act at once, nothing to write.
    func act(_ action: PurchaseAction) -> PurchaseStep {
        PurchaseStep(mustCommit: false, delay: .zero, action: action)
    }

    /// Write the purchase, then act.
    mutating func commit(_ action: PurchaseAction, after delay: Duration = .zero) -> PurchaseStep {
        failures = 0
        return PurchaseStep(mustCommit: true, delay: delay, action: action)
    }

    /// Act again, later each time.
    mutating func retry(_ action: PurchaseAction, mustCommit: Bool = false) -> PurchaseStep {
        failures += 1
        return PurchaseStep(mustCommit: mustCommit, delay: policy.delay(afterFailures: failures), action: action)
    }

    mutating func end(_ state: PurchaseState, refusal: PurchaseRefusal?, now: PurchaseMoment) -> PurchaseStep {
        purchase.state = state
        purchase.refusal = refusal
        purchase.attention = nil
        purchase.endedAt = now.time
        return commit(.finish)
    }

    /// Makes it visible to people, and keeps asking: what settles itself later leaves this state by itself.
    mutating func needAttention(_ reason: PurchaseAttention) -> PurchaseStep {
        let isNew = purchase.state != .needsAttention || purchase.attention != reason
        purchase.state = .needsAttention
        purchase.attention = reason
        purchase.endedAt = nil
        return retry(readOrder, mustCommit: isNew)
    }
}
