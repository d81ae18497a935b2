import Synchronization

/// Which call and which commit of a run fails, and how; and what was called. Both are counted through crashes, so a
/// second fault can meet the recovery.
final class FaultScript: Sendable {
    enum Side: Hashable, Sendable {
        case conekta, router
    }

    /// One call to the outside, with what struck it.
    struct Call: Hashable, Sendable {
        let side: Side
        /// `POST /orders/ord_1/charges`, `/ip/hotspot/user/add`.
        let request: String
        let fault: CallFault?

        var isCharge: Bool { request.hasPrefix("POST ") && request.hasSuffix("/charges") }
        var isOrder: Bool { request == "POST /orders" }
        var addsUser: Bool { request == "/ip/hotspot/user/add" }
        /// Its answer says what became of money.
        var showsMoney: Bool { side == .conekta && !isOrder }
    }

    private struct State {
        var calls: [Call] = []
        var commits: [DiskFault?] = []
    }

    private let state = Mutex(State())
    private let chooseCall: @Sendable (Int, Call) -> CallFault?
    private let chooseCommit: @Sendable (Int) -> DiskFault?

    /// Faults at given calls and commits, counted from 0.
    convenience init(_ calls: [Int: CallFault] = [:], commits: [Int: DiskFault] = [:]) {
        self.init(
            choosingCall: { number, _ in calls[number] },
            choosingCommit: { number in commits[number] }
        )
    }

    init(
        choosingCall chooseCall: @escaping @Sendable (Int, Call) -> CallFault?,
        choosingCommit chooseCommit: @escaping @Sendable (Int) -> DiskFault?
    ) {
        self.chooseCall = chooseCall
        self.chooseCommit = chooseCommit
    }

    /// The fault of the next call.
    func nextCall(_ side: Side, _ request: String) -> CallFault? {
        state.withLock { state in
            let fault = chooseCall(state.calls.count, Call(side: side, request: request, fault: nil))
            state.calls.append(Call(side: side, request: request, fault: fault))
            return fault
        }
    }

    /// The fault of the next commit.
    func nextCommit() -> DiskFault? {
        state.withLock { state in
            let fault = chooseCommit(state.commits.count)
            state.commits.append(fault)
            return fault
        }
    }

    /// Every call so far.
    var calls: [Call] { state.withLock { $0.calls } }
    /// Every commit so far, with what struck it.
    var commits: [DiskFault?] { state.withLock { $0.commits } }
}

extension FaultScript {
    /// The calls worth striking. Of many alike in a row, as somebody makes them who waits, the first ones and the last: a
    /// watch of a day asks the same thing a hundred times.
    static func points(of calls: [Call]) -> [Int] {
        calls.indices.filter { number in
            let alike = calls[..<number].reversed().prefix { $0.request == calls[number].request }
            let isLast = number + 1 == calls.count || calls[number + 1].request != calls[number].request
            return alike.count < 4 || isLast
        }
    }
}
