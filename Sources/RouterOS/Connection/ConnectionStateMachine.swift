/// One connection to a router: login, then requests told apart by their tags. No I/O and no clock.
///
/// Each event returns what its caller must do. `Request` is whatever the caller wants back when its reply is complete.
/// What the router does wrong ends the connection; what the caller does wrong traps.
struct ConnectionStateMachine<Request>: ~Copyable {
    private enum State: ~Copyable {
        case unconnected(Credentials)
        case loggingIn(Credentials)
        case answeringChallenge
        case ready(RequestSlots<Request>)
        case closed(ConnectionFailure)
    }

    /// The requests a closing connection leaves behind.
    struct Unfinished {
        /// Their outcome is unknown: the router may have carried them out.
        var written: [Request] = []
        /// The router has not seen them.
        var waiting: [Request] = []
    }

    private var state: State

    init(credentials: Credentials) {
        self.init(.unconnected(credentials))
    }

    private init(_ state: consuming State) {
        self.state = state
    }

    /// The transport is open. Returns the first sentence to write.
    mutating func connected() -> Sentence {
        switch consume state {
        case .unconnected(let credentials):
            self = Self(.loggingIn(credentials))
            return Login.plain(credentials)
        default:
            preconditionFailure("a connection opens once")
        }
    }

    enum SendAction {
        case write(Sentence)
        /// All slots are taken; the request is written when one comes free.
        case wait
        case refuse(ConnectionFailure)
    }

    /// A caller wants `sentence` carried out. The id becomes its tag and must not have been used on this connection.
    mutating func send(_ sentence: Sentence, id: UInt64, for request: Request) -> SendAction {
        switch consume state {
        case .ready(var slots):
            let tagged = slots.add(sentence, id: id, for: request)
            self = Self(.ready(slots))
            return tagged.map { .write($0) } ?? .wait
        case .closed(let failure):
            self = Self(.closed(failure))
            return .refuse(failure)
        default:
            preconditionFailure("a request before the login is done")
        }
    }

    enum ReceiveAction {
        case none
        case write(Sentence)
        case loggedIn
        case finish(RequestSlots<Request>.Finished)
        case close(ConnectionFailure, Unfinished)
    }

    /// The router sent a sentence.
    mutating func received(_ sentence: Sentence) -> ReceiveAction {
        guard let reply = ReplySentence(sentence) else {
            return close(.protocolViolation("a sentence that is no reply"))
        }
        if reply.kind == .fatal { return close(.fatal(reason: reply.fatalReason)) }
        switch consume state {
        case .unconnected:
            preconditionFailure("a reply before the transport is open")
        case .loggingIn(let credentials):
            self = Self(.loggingIn(credentials))
            return receivedDuringLogin(reply, answerChallengeAs: credentials)
        case .answeringChallenge:
            self = Self(.answeringChallenge)
            return receivedDuringLogin(reply, answerChallengeAs: nil)
        case .ready(var slots):
            let finished = slots.received(reply)
            self = Self(.ready(slots))
            return finished.map { .finish($0) } ?? .none
        case .closed(let failure):
            // Bytes that were already on their way when we closed.
            self = Self(.closed(failure))
            return .none
        }
    }

    /// The credentials are nil when the challenge has been answered: there is but one.
    private mutating func receivedDuringLogin(
        _ reply: ReplySentence,
        answerChallengeAs credentials: Credentials?
    ) -> ReceiveAction {
        switch reply.kind {
        case .trap:
            return close(.loginRejected(message: Trap(reply.sentence).message))
        case .done:
            if let credentials, let challenge = Login.challenge(in: reply.sentence) {
                self = Self(.answeringChallenge)
                return .write(Login.answer(to: challenge, as: credentials))
            }
            self = Self(.ready(RequestSlots()))
            return .loggedIn
        case .row, .empty, .fatal, .unknown:
            return .none
        }
    }

    /// The caller of a request no longer waits. See `RequestSlots.giveUp`.
    mutating func giveUp(_ id: UInt64) -> RequestSlots<Request>.GiveUpAction {
        switch consume state {
        case .ready(var slots):
            let action = slots.giveUp(id)
            self = Self(.ready(slots))
            return action
        case let other:
            self = Self(other)
            return .none
        }
    }

    enum TimeOutAction {
        case none
        case notSent(Request)
        /// The router is silent: `timedOut` and all else written has an unknown outcome, and the connection must go.
        case close(timedOut: Request, Unfinished)
    }

    /// A request's time is over. If it was written the connection is given up: open but silent ones are real
    /// (reference `routeros.md` §7).
    mutating func timeOut(_ id: UInt64) -> TimeOutAction {
        switch giveUp(id) {
        case .none: .none
        case .notSent(let request): .notSent(request)
        case .outcomeUnknown(let request): .close(timedOut: request, fail(.silent) ?? Unfinished())
        }
    }

    /// The transport is closed, or must be. Returns the requests left behind, or nil if it was closed before.
    mutating func fail(_ failure: ConnectionFailure) -> Unfinished? {
        switch consume state {
        case .ready(let slots):
            self = Self(.closed(failure))
            return Unfinished(written: slots.written, waiting: slots.unwritten)
        case .closed(let first):
            self = Self(.closed(first))
            return nil
        default:
            self = Self(.closed(failure))
            return Unfinished()
        }
    }

    private mutating func close(_ failure: ConnectionFailure) -> ReceiveAction {
        fail(failure).map { .close(failure, $0) } ?? .none
    }
}
