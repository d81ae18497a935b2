public import RouterOS
public import Shared
import Synchronization

/// A MikroTik with a hotspot, in memory: the API's rules, the hotspot's tables, devices and a clock that moves by hand.
///
/// It does no I/O: `execute` takes a sentence and gives back what the router would send, at once and always the same for
/// the same calls. `RouterOSSimulatorServer` puts it on a socket. Every method may be called from any thread.
public final class RouterOSSimulator: Sendable {
    private let state: Mutex<RouterState>
    private let configuration: SimulatorConfiguration
    private let start: Timestamp

    /// A router that boots at `start` with one hotspot server, `hotspot1`.
    public init(configuration: SimulatorConfiguration, start: Timestamp) {
        self.configuration = configuration
        self.start = start
        state = Mutex(RouterState(configuration: configuration, start: start))
    }

    /// The version it behaves as.
    public var version: RouterOSVersion { configuration.version }

    /// Changes the state, then wakes the connections that have something to send.
    private func change<Result: Sendable>(_ body: (inout sending RouterState) -> Result) -> Result {
        let (result, wakeUps) = state.withLock { state in
            let result = body(&state)
            return (result, state.sessions.values.filter(\.needsAttention).map(\.onPush))
        }
        for wakeUp in wakeUps { wakeUp() }
        return result
    }

    /// Back to how it was built: tables, devices, clock, faults and ledger. Every connection ends.
    public func reset() {
        change { state in
            var fresh = RouterState(configuration: configuration, start: start)
            fresh.sessions = state.sessions.mapValues { session in
                var session = session
                session.isOpen = false
                return session
            }
            fresh.nextSessionID = state.nextSessionID
            state = fresh
        }
    }

    // MARK: API connections

    /// A connection that has yet to log in; nil when the router is away or has no session left.
    ///
    /// `onPush` is called, on any thread, when there may be something to take with `takePushes`.
    public func openSession(onPush: @escaping @Sendable () -> Void = {}) -> SessionID? {
        change { $0.open(APISession(login: .none, onPush: onPush)) }
    }

    /// A connection that is logged in to that account; nil also when there is no such account.
    public func openSession(loggedInAs name: String) -> SessionID? {
        change { state in
            guard let account = state.account(name) else { return nil }
            return state.open(APISession(login: .done(account), onPush: {}))
        }
    }

    /// The connection is gone; its session is free for another.
    public func closeSession(_ session: SessionID) {
        change { $0.sessions[session] = nil }
    }

    /// What the router does about the sentence. A connection that is no more answers nothing and closes.
    public func execute(_ sentence: Sentence, session: SessionID) -> Execution {
        change { state in
            let execution = state.execute(sentence, session)
            if execution.ending != .staysOpen { state.sessions[session]?.isEnding = true }
            return execution
        }
    }

    /// The sentences that a `listen` gave since the last call, and whether the connection is still open.
    public func takePushes(_ session: SessionID) -> (sentences: [Sentence], isOpen: Bool) {
        state.withLock { state in
            let sentences = state.sessions[session]?.takePushes() ?? []
            for sentence in sentences { state.ledger.bytesOut += sentence.encodedByteCount }
            return (sentences, state.sessions[session]?.isOpen ?? false)
        }
    }

    /// Whether replies that were held back (`Execution.hold`) shall still be sent: nobody cancelled the command.
    public func release(_ hold: Int, session: SessionID) -> Bool {
        state.withLock { $0.sessions[session]?.held.removeValue(forKey: hold) != nil }
    }

    /// Counts the time that an answer took on its way through a server.
    func noteAnswer(afterMicroseconds microseconds: Int64) {
        state.withLock { $0.ledger.answeringMicroseconds += microseconds }
    }

    // MARK: The operator

    /// Carries out a command as an operator at the console would: no login, no faults, nothing in the ledger's counts.
    @discardableResult
    public func console(_ sentence: Sentence) -> [Sentence] {
        change { $0.perform(Command(sentence), as: APIUser(name: "admin", password: Secret(""))) }
    }

    /// Adds a user profile with attributes by their RouterOS names, such as `shared-users`.
    public func addUserProfile(_ name: String, _ attributes: [String: String] = [:]) {
        var sentence: Sentence = ["/ip/hotspot/user/profile/add", Word("=name=\(name)")]
        sentence.words += attributes.map { Word("=\($0.key)=\($0.value)") }
        let replies = console(sentence)
        precondition(replies.count == 1, "the profile was refused: \(replies)")
    }

    /// The rows of every menu by its path, for people and tests.
    public var tables: [String: [[String: String]]] {
        state.withLock { state in
            let menus = Menu.allCases.map { menu in
                let items = menu.isSingle ? state.single(menu) : state.items(menu)
                return (menu.rawValue, items.map { $0.values.mapValues(\.text) })
            }
            return Dictionary(menus) { $1 }
        }
    }

    /// What happened so far.
    public var ledger: Ledger { state.withLock { $0.ledger } }

    // MARK: Devices

    /// The device comes into reach and talks; a MAC cookie may log it in.
    public func join(_ phone: Phone) {
        change { $0.join(phone) }
    }

    /// The device goes out of reach; the router notices only as its timeouts run out.
    public func leave(_ mac: MACAddress) {
        change { $0.leave(mac) }
    }

    /// The device sends `bytesIn` and receives `bytesOut`.
    public func traffic(_ mac: MACAddress, bytesIn: UInt64, bytesOut: UInt64) {
        change { $0.traffic(mac, bytesIn: bytesIn, bytesOut: bytesOut) }
    }

    /// The device sends a name and password to the router's own login page. Returns the page's error, nil for success.
    public func signIn(_ mac: MACAddress, user: String, password: String) -> String? {
        change { $0.signIn(mac: mac, user: user, password: Word(password)) }
    }

    /// The buyer presses "log off" on the router's status page.
    public func signOut(_ mac: MACAddress) {
        change { $0.signOut(mac) }
    }

    // MARK: Time

    /// The router's clock.
    public var now: Timestamp { state.withLock { $0.now } }

    /// Moves the router's clock and lets everything fall due in order.
    public func advance(by duration: Duration) {
        change { $0.advance(by: duration) }
    }

    /// Power is cut: connections, hotspot sessions and hosts are gone, and the router answers again after that time by its
    /// own clock. Users stay.
    public func reboot(downFor duration: Duration) {
        change { $0.reboot(downFor: duration) }
    }

    // MARK: Faults

    /// The faults that have yet to strike. The first that fits a command strikes it.
    public var faults: [Fault] { state.withLock { $0.faults } }

    /// Adds a fault after those that are waiting.
    public func add(_ fault: Fault) {
        change { $0.faults.append(fault) }
    }

    /// Commands put off that have yet to take effect.
    public var lateCommandCount: Int { state.withLock { $0.lateCommands.count } }

    /// Nothing more goes wrong.
    public func clearFaults() {
        change { $0.faults = [] }
    }

    /// Every command takes that long, in real time, on a socket.
    public func setLatency(_ latency: Duration) {
        change { $0.latency = latency }
    }

    /// How many API connections there may be; one more is turned away.
    public func setMaxSessions(_ count: Int) {
        change { $0.maxSessions = count }
    }
}
