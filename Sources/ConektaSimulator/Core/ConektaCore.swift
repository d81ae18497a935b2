public import Shared
import Synchronization

/// Conekta in a box: the whole API with its ledger, without sockets.
///
/// The same seed, clock and calls give the same identifiers and answers. Safe to call from any thread; each call is
/// atomic. Time is the given clock's plus what `advance(by:)` added, and late executions happen when that time comes:
/// on the next access of whatever kind, as of the moment they were due.
public final class ConektaCore: Sendable {
    public let account: ConektaAccount
    private let clock: WallClock
    private let publicOrigin: String?
    private let state: Mutex<CoreState>

    /// `publicOrigin` (`http://host:port`) is put into the addresses that answers hold; without it, the `Host` the
    /// caller used.
    public init(
        account: ConektaAccount = ConektaAccount(),
        seed: UInt64 = 1,
        clock: WallClock = .system,
        publicOrigin: String? = nil
    ) {
        self.account = account
        self.clock = clock
        self.publicOrigin = publicOrigin
        state = Mutex(CoreState(account: account, identifiers: IdentifierSource(seed: seed)))
    }

    // MARK: The API

    /// One call of the API, with the fault that was scripted for it.
    public func handle(_ request: ConektaRequest) -> ConektaReply {
        guard request.method != "OPTIONS" else { return ConektaReply(delivery: .answer(.preflight), latency: .zero) }
        let call = ConektaCall(request)
        let origin = publicOrigin ?? request.headers["host"].map { "http://" + $0 } ?? "https://api.conekta.io"
        return settled { state, now in state.handle(call, at: now, origin: origin) }
    }

    /// A single-use token for the card of that number, as the browser would get it. Nil when it is no card number.
    public func makeToken(cardNumber: String) -> String? {
        guard let number = CardNumber(cardNumber) else { return nil }
        return makeToken(number, outcome: TestCards.outcome(of: number))
    }

    /// A single-use token whose payment ends as said.
    public func makeToken(outcome: CardOutcome) -> String {
        makeToken(.approved, outcome: outcome)
    }

    // MARK: The ledger

    public var snapshot: LedgerSnapshot {
        settled { state, now in
            let ledger = state.api.ledger
            let orders = ledger.allOrders
            return LedgerSnapshot(
                now: now,
                orders: orders,
                tokens: ledger.tokens.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) },
                capturedCents: orders.reduce(0) { $0 + $1.capturedCents },
                refundedCents: orders.reduce(0) { $0 + $1.refundedCents },
                requests: state.counts,
                lateCalls: state.lateCalls.count,
                faultsToCome: state.faults.remaining
            )
        }
    }

    public func order(_ id: String) -> LedgerOrder? {
        settled { state, _ in state.api.ledger.orders[id] }
    }

    /// Ends the 3DS challenge of an order. False when the order is unknown or has none under way.
    @discardableResult
    public func finishChallenge(orderID: String, approved: Bool) -> Bool {
        settled { state, now in
            guard state.api.ledger.orders[orderID]?.challenge != nil else { return false }
            return (try? state.api.ledger.finishChallenge(of: orderID, approved: approved, at: now)) != nil
        }
    }

    /// The order that opened the 3DS challenge of that identifier, whether or not it is over.
    func order(challengedAs challengeID: String) -> LedgerOrder? {
        settled { state, _ in
            state.api.ledger.challengedOrderIDs[challengeID].flatMap { state.api.ledger.orders[$0] }
        }
    }

    // MARK: Time and trouble

    /// Moves the simulator's time forward and executes what becomes due.
    public func advance(by duration: Duration) {
        state.withLock { $0.offset += duration }
        settled { _, _ in }
    }

    /// Scripts a fault for the next `times` calls of `endpoint` (of any, when nil) about `orderID` (any, when nil),
    /// after letting `skipping` such calls pass. Rules strike in the order they were scripted.
    public func script(
        _ fault: Fault,
        on endpoint: Endpoint? = nil,
        orderID: String? = nil,
        skipping: Int = 0,
        times: Int = 1
    ) {
        state.withLock {
            $0.faults.add(fault, endpoint: endpoint, orderID: orderID, skipping: skipping, times: times)
        }
    }

    /// Forgets the faults that have not struck yet. What was put off is still executed.
    public func clearFaults() {
        state.withLock { $0.faults = FaultPlan() }
    }

    /// How long callers wait for each answer of `endpoint`; nil sets it for all endpoints at once.
    public func setLatency(_ latency: Duration, for endpoint: Endpoint? = nil) {
        state.withLock { state in
            if let endpoint {
                state.latencies[endpoint] = latency
            } else {
                state.latency = latency
                state.latencies = [:]
            }
        }
    }

    /// Counts the time that an answer took on its way through a server.
    func noteAnswer(after duration: Duration) {
        state.withLock { $0.counts.addAnswer(after: duration) }
    }

    /// Back to an empty account, without faults, latency or moved time. Identifiers go on from where they were, so that
    /// nobody takes a new order for an old one.
    public func reset() {
        state.withLock { $0 = CoreState(account: account, identifiers: $0.api.ledger.identifiers) }
    }

    // MARK: Private

    private func makeToken(_ number: CardNumber, outcome: CardOutcome) -> String {
        let card = CardDetails(
            brand: number.brand,
            lastFourDigits: number.lastFourDigits,
            holder: "Persona de Prueba"
        )
        return settled { state, now in
            state.api.ledger.createToken(card: card, outcome: outcome, at: now).id
        }
    }

    /// Runs `body` on a state that has caught up with the present.
    @discardableResult
    private func settled<Result: Sendable>(_ body: (inout CoreState, Timestamp) -> Result) -> Result {
        state.withLock { state in
            let now = clock.now + state.offset
            state.settle(at: now)
            return body(&state, now)
        }
    }
}
