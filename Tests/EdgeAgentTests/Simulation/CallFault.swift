/// What can go wrong with one call to the outside, after reference `reliability.md` §1.4.
enum CallFault: Hashable, Sendable, CaseIterable {
    /// The box dies before the call leaves. The same as dying after the commit before it.
    case crashBefore
    /// The call is carried out and the box dies before it hears. The same as dying before the next commit.
    case crashAfter
    /// Nothing left the box.
    case notSent
    /// It left, was not carried out, and no answer came.
    case lostBefore
    /// It was carried out and no answer came.
    case lostAfter
    /// It is carried out a minute after we gave up.
    case lateByAMinute
    /// It is carried out twenty minutes after we gave up, when the doubt is over.
    case lateByTwentyMinutes
    /// 503, not carried out. (Conekta)
    case errorBefore
    /// 500, carried out. (Conekta)
    case errorAfter
    /// 429, not carried out. (Conekta)
    case limitedBefore
    /// 429, carried out: a limiter need not stand before the work. (Conekta)
    case limitedAfter
    /// A page of a proxy, carried out. (Conekta)
    case htmlAfter
    /// Half an answer, carried out. (Conekta)
    case cutAfter
    /// The way there sent it twice. (Conekta)
    case twice
    /// The charge takes another amount. (Conekta's charges)
    case otherAmount
    /// The router is away for half a minute. (Router)
    case awayForHalfAMinute
    /// The router is away for ten minutes, longer than the delivery deadline. (Router)
    case awayForTenMinutes
    /// The router restarts before the command takes effect. (Router)
    case reboot
    /// The router refuses with a message nobody knows. (Router)
    case unknownTrap
    /// The router refuses for good. (Router)
    case unknownProfile

    static let ofConekta: [CallFault] = [
        .crashBefore, .crashAfter, .notSent, .lostBefore, .lostAfter, .lateByAMinute, .lateByTwentyMinutes,
        .errorBefore, .errorAfter, .limitedBefore, .limitedAfter, .htmlAfter, .cutAfter, .twice, .otherAmount,
    ]

    static let ofRouter: [CallFault] = [
        .crashBefore, .crashAfter, .notSent, .lostBefore, .lostAfter, .lateByAMinute, .lateByTwentyMinutes,
        .awayForHalfAMinute, .awayForTenMinutes, .reboot, .unknownTrap, .unknownProfile,
    ]
}
