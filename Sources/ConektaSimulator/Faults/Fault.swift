/// What goes wrong with one call: how it is executed and what its caller gets to see, each on its own.
public struct Fault: Hashable, Sendable {
    public enum Execution: Hashable, Sendable {
        case once
        case never
        /// As when something on the way sends the request again: the caller sees the answer to the second.
        case twice
        /// Not now, but after that time by the simulator's clock, when nobody waits for the answer any more.
        case late(after: Duration)
        /// The charge takes another amount, in centavos, than the order's.
        case otherAmount(cents: Int64)
        /// The charge ends as said, whatever its card.
        case outcome(CardOutcome)
    }

    public enum Answer: Hashable, Sendable {
        case whole
        /// The connection is closed without a byte.
        case closed
        /// The connection stays open and nothing comes.
        case silence
        /// The head and half of the body, then the connection is closed.
        case cutBody
        /// An error of the API, 400 to 599, in its JSON form.
        case error(status: Int)
        /// A page of a proxy in front of the API.
        case html(status: Int)
        /// Whole, but for what it says about the order or the charge. Refusals stay as they are.
        case altered(AnswerAlteration)
    }

    public let execution: Execution
    /// `whole` becomes `closed` where nothing is executed now: there is no answer that could be given.
    public let answer: Answer

    public init(_ execution: Execution = .once, answer: Answer = .whole) {
        self.execution = execution
        switch execution {
        case .never, .late: self.answer = answer.needsResponse ? .closed : answer
        case .once, .twice, .otherAmount, .outcome: self.answer = answer
        }
    }

    static let none = Fault()
}

extension Fault.Answer {
    /// There is nothing to show unless the call was executed.
    fileprivate var needsResponse: Bool {
        switch self {
        case .whole, .cutBody, .altered: true
        case .closed, .silence, .error, .html: false
        }
    }
}
