/// What is known of a way out of the site, and when to look again: two pieces of news in a row turn what is said, so that
/// a line that stutters does not turn it back and forth.
///
/// Times are monotonic.
struct WayOutState: Sendable, Equatable {
    enum News: Sendable {
        case answered
        case unreachable
    }

    /// So many in a row turn what is said.
    private static let newsUntilTurn = 2
    /// While all is well and nothing else goes out. What buyers cause counts as looking.
    private static let idle = Duration.seconds(60)
    /// After the first failure: somebody may be about to pay.
    private static let doubt = Duration.seconds(1)
    /// After the first answer.
    private static let hope = Duration.seconds(5)
    private static let firstRetry = Duration.seconds(5)
    private static let longestRetry = Duration.seconds(30)

    private(set) var isOpen = true
    /// Since when it is as it is.
    private(set) var turnedAt: Duration
    /// When to look next.
    private(set) var nextLookAt: Duration
    /// When the latest request began that was answered.
    private var answeredAskedAt: Duration?
    /// How much news in a row contradicts what is said.
    private var contradictions = 0
    private var retry = firstRetry

    /// It is taken to be open until a first look, which is due.
    init(at now: Duration) {
        turnedAt = now
        nextLookAt = now
    }

    /// - Parameter askedAt: When the request began that brings the news; just now unless said. One that waited for an answer
    ///   until its time was up may end long after the line is back; what was asked and answered since says more.
    mutating func note(_ news: News, askedAt: Duration? = nil, at now: Duration) {
        let askedAt = askedAt ?? now
        if news == .answered {
            answeredAskedAt = max(askedAt, answeredAskedAt ?? askedAt)
        } else if let answeredAskedAt, askedAt < answeredAskedAt {
            return
        }
        let contradicts = (news == .answered) != isOpen
        contradictions = contradicts ? contradictions + 1 : 0
        if contradictions >= Self.newsUntilTurn {
            isOpen.toggle()
            turnedAt = now
            contradictions = 0
            retry = Self.firstRetry
        }
        nextLookAt = now + pause()
    }

    private mutating func pause() -> Duration {
        if isOpen { return contradictions == 0 ? Self.idle : Self.doubt }
        guard contradictions == 0 else { return Self.hope }
        defer { retry = min(retry * 2, Self.longestRetry) }
        return retry
    }
}
