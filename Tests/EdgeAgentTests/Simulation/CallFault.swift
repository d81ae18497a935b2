/// What can go wrong around one call to the outside, after reference `reliability.md` §1.4.
enum CallFault: Hashable, Sendable, CaseIterable {
    /// The box dies before the call leaves.
    case crashBefore
    /// The call is carried out and the box dies before it hears.
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
    /// The way there brought it twice, and the answer is the second's.
    case twice
    /// The box finds the network's time and sets its clock forwards by a day.
    case clockForwardADay
    /// The box's clock falls back to 1970.
    case clockBackTo1970

    // MARK: Conekta

    /// 503, not carried out.
    case errorBefore
    /// 500, carried out.
    case errorAfter
    /// 429, not carried out.
    case limitedBefore
    /// 429, carried out: a limiter need not stand before the work.
    case limitedAfter
    /// 422 in Conekta's words, carried out: the answer to a second one of which nobody heard.
    case refusedAfter
    /// A page of a proxy, carried out.
    case htmlAfter
    /// Half an answer, carried out.
    case cutAfter
    /// The charge takes another amount.
    case otherAmount
    /// The order or charge in the answer is in another currency.
    case otherCurrencyShown
    /// The charge in the answer has a status nobody knows.
    case otherStatusShown
    /// The order in the answer is somebody else's, and that one is paid.
    case foreignOrderShown
    /// Somebody changed the empresa's key; the box has the new one half a minute later.
    case keyRefusedForHalfAMinute
    /// As before, and it takes two hours.
    case keyRefusedForTwoHours

    // MARK: Routers

    /// The router is away for half a minute.
    case awayForHalfAMinute
    /// The router is away for ten minutes, longer than the delivery deadline.
    case awayForTenMinutes
    /// The router restarts before the command takes effect.
    case reboot
    /// The router refuses with a message nobody knows.
    case unknownTrap
    /// The router refuses for good.
    case unknownProfile
    /// An operator made a user of that very name.
    case nameTaken
    /// The power goes: the command was carried out, the box dies and the router has forgotten the user.
    case powerCutForgetsUser
    /// The router alone loses power: the command was carried out, no answer came, and the user is forgotten.
    case lostAndForgotten
}

extension CallFault {
    private static let everywhere: [CallFault] = [
        .crashBefore, .crashAfter, .notSent, .lostBefore, .lostAfter, .lateByAMinute, .lateByTwentyMinutes, .twice,
        .clockForwardADay, .clockBackTo1970,
    ]

    private static let ofConekta: [CallFault] =
        everywhere + [
            .errorBefore, .errorAfter, .limitedBefore, .limitedAfter, .refusedAfter, .htmlAfter, .cutAfter,
            .keyRefusedForHalfAMinute, .keyRefusedForTwoHours,
        ]

    private static let ofRouter: [CallFault] =
        everywhere + [.awayForHalfAMinute, .awayForTenMinutes, .reboot, .unknownTrap, .unknownProfile]

    /// All that can happen to a call, and nothing that would pass it by.
    static func all(for call: FaultScript.Call) -> [CallFault] {
        switch call.side {
        case .conekta:
            let charges: [CallFault] = call.isCharge ? [.otherAmount] : []
            let shown: [CallFault] = [.otherCurrencyShown, .otherStatusShown, .foreignOrderShown]
            return ofConekta + charges + (call.showsMoney ? shown : [])
        case .router:
            let adds: [CallFault] = [.nameTaken, .powerCutForgetsUser, .lostAndForgotten]
            return ofRouter + (call.addsUser ? adds : [])
        }
    }
}
