import Purchasing
import Testing

@testable import EdgeAgent

/// The decision by itself: never both a used ficha and the money back, and never neither.
@Suite struct RestorationVerdictTests {
    private static func paid(_ refundedCents: Int64 = 0, matches: Bool = true) -> OrderReading {
        .paid(chargeID: "chg_1", chargedCents: 1_500, priceMatches: matches, refundedCents: refundedCents)
    }

    @Test(arguments: [
        (paid(), DeliveryEvidence.notDelivered, RestorationVerdict.undelivered),
        (paid(), .unknown, .unknown(mayBeKnownLater: false)), (paid(), .notYet, .unknown(mayBeKnownLater: true)),
        (paid(matches: false), .unknown, .giveBack), (paid(matches: false), .notDelivered, .giveBack),
        (paid(1_500, matches: false), .unknown, .refunded), (paid(1_500, matches: false), .notDelivered, .refunded),
        // Its user, if there is one, has to go: so the router is waited for.
        (paid(1_500, matches: false), .notYet, .unknown(mayBeKnownLater: true)),
        (paid(500, matches: false), .unknown, .refundedInPart), (.pending(redirectURL: nil), .unknown, .undelivered),
        (.declined(code: "declined"), .unknown, .nothing), (.missing, .unknown, .nothing),
        (.notOurs, .unknown, .nothing), (.unreadable, .unknown, .unknown(mayBeKnownLater: false)),
    ])
    func verdict(reading: OrderReading, evidence: DeliveryEvidence, expected: RestorationVerdict) {
        #expect(RestorationVerdict(reading, evidence, mayStillBeCharged: true, isLast: true) == expected)
        #expect(RestorationVerdict(reading, evidence, mayStillBeCharged: false, isLast: true) == expected)
    }

    @Test func `an order without a charge is watched while one may come late`() {
        #expect(RestorationVerdict(.noCharge, .unknown, mayStillBeCharged: true, isLast: true) == .undelivered)
        #expect(RestorationVerdict(.noCharge, .unknown, mayStillBeCharged: false, isLast: true) == .nothing)
    }

    @Test func `what Conekta says unclearly once is asked about again`() {
        let verdict = RestorationVerdict(.unreadable, .unknown, mayStillBeCharged: true, isLast: false)
        #expect(verdict == .unknown(mayBeKnownLater: true))
    }
}
