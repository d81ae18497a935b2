import Purchasing
import Shared
import Testing

/// What a purchase found on the disk does first: whatever it was, it never charges.
@Suite struct PurchaseRecoveryTests {
    @Test func `before the charge, the token is gone and the purchase is over`() {
        var created = PurchaseTranscript()
        #expect(created.resume() == .commit(.finish))
        #expect(created.state == .abandoned)

        var ordered = PurchaseTranscript()
        _ = ordered.after(.orderCreated(orderID: "ord_1"))
        #expect(ordered.resume() == .commit(.finish))
        #expect(ordered.state == .abandoned)
        #expect(ordered.machine.purchase.refusal == .interrupted)
    }

    @Test func `a charge that may have left is in doubt`() {
        var purchase = PurchaseTranscript.charging()
        #expect(purchase.resume() == .commit(.readOrder(orderID: "ord_1")))
        #expect(purchase.state == .inDoubt)
    }

    @Test func `a paid purchase asks the router even after the deadline, and gives back when the buyer must be gone`() {
        var purchase = PurchaseTranscript.paid()
        purchase.now = purchase.now + .seconds(600)
        #expect(purchase.resume() == .act(.provision(PurchaseTranscript.code)))
        #expect(purchase.after(.provisioningFailed(.routerAway)).action == .readOrder(orderID: "ord_1"))
        #expect(purchase.state == .refunding)

        var late = PurchaseTranscript.paid()
        late.now = late.now + .seconds(1_800)
        #expect(late.resume() == .commit(.readOrder(orderID: "ord_1")))
        #expect(late.state == .refunding)
    }

    @Test func `a refund under way is read about first`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        #expect(purchase.resume() == .act(.readOrder(orderID: "ord_1")))
    }

    @Test func `a refunded purchase still sees to its user`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        _ = purchase.after(.orderRead(PurchaseTranscript.refundedReading))
        #expect(purchase.resume() == .act(.removeUser(PurchaseTranscript.code)))
    }

    @Test func `a doubt that ended is watched on`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        #expect(purchase.resume().action == .readOrder(orderID: "ord_1"))
    }

    /// The charge may have been carried out while the box was off: the order is read before the watch is closed, and over
    /// a whole settle window, because the clock may have leapt as well.
    @Test func `a watch that ran out while the box was off is closed only by what the order says`() {
        var ended = PurchaseTranscript.charging()
        _ = ended.after(.chargeAnswered(.unknown))
        _ = ended.after(.orderRead(.noCharge), waiting: .seconds(300))
        let dayLater = ended.now + .seconds(2 * 86_400)

        var nothing = PurchaseTranscript(ended.machine.purchase, now: dayLater)
        #expect(nothing.resume() == .act(.readOrder(orderID: "ord_1")))
        #expect(nothing.after(.orderRead(.noCharge)).action == .readOrder(orderID: "ord_1"))
        #expect(nothing.after(.orderRead(.noCharge), waiting: .seconds(3_600)) == .commit(.finish))

        var charged = PurchaseTranscript(ended.machine.purchase, now: dayLater)
        _ = charged.resume()
        _ = charged.after(.orderRead(PurchaseTranscript.paidReading))
        #expect(charged.state == .refunding)
    }

    @Test(arguments: [
        (OrderReading.missing, PurchaseAttention.orderMissing), (.notOurs, .orderNotOurs),
        (.pending(redirectURL: nil), .pendingTooLong), (.unreadable, .orderUnreadable),
    ])
    func `a watch that cannot say that nothing came of it asks for a person`(
        reading: OrderReading,
        attention: PurchaseAttention
    ) {
        var ended = PurchaseTranscript.charging()
        _ = ended.after(.chargeAnswered(.unknown))
        _ = ended.after(.orderRead(.noCharge), waiting: .seconds(300))
        var resumed = PurchaseTranscript(ended.machine.purchase, now: ended.now + .seconds(2 * 86_400))
        _ = resumed.resume()
        _ = resumed.after(.orderRead(reading), waiting: .seconds(3_600))
        #expect(resumed.state == .needsAttention)
        #expect(resumed.machine.purchase.attention == attention)
        #expect(resumed.machine.purchase.endedAt == nil)
        // And what settles it later is still taken.
        _ = resumed.after(.orderRead(PurchaseTranscript.paidReading))
        #expect(resumed.state == .refunding)
    }

    @Test func `a clock that leapt over a restart ends no doubt at once`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        var resumed = PurchaseTranscript(purchase.machine.purchase, now: purchase.now + .seconds(2 * 86_400))
        _ = resumed.resume()
        _ = resumed.after(.orderRead(.noCharge), waiting: .seconds(299))
        #expect(resumed.state == .inDoubt)
        _ = resumed.after(.orderRead(.noCharge), waiting: .seconds(1))
        #expect(resumed.state == .declined)
    }

    @Test func `a clock set forwards ends no watch over a charge that may come late`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        purchase.setClockForwards(by: .seconds(2 * 86_400))
        #expect(purchase.after(.orderRead(.noCharge)).action == .readOrder(orderID: "ord_1"))
        #expect(purchase.state == .inDoubt)
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        #expect(purchase.state == .declined)
        #expect(purchase.after(.orderRead(.noCharge)).action == .readOrder(orderID: "ord_1"), "still watched")
        #expect(purchase.after(.orderRead(.noCharge), waiting: .seconds(3_600)) == .commit(.finish))
    }

    @Test func `a restart on a clock set forwards looks for an hour for itself`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        var resumed = PurchaseTranscript(purchase.machine.purchase, now: purchase.now + .seconds(2 * 86_400))
        #expect(resumed.resume().action == .readOrder(orderID: "ord_1"))
        #expect(resumed.after(.orderRead(.noCharge), waiting: .seconds(3_599)).action != .finish)
        #expect(resumed.after(.orderRead(.noCharge), waiting: .seconds(1)) == .commit(.finish))
    }

    @Test func `a watched doubt whose order turns out to be another's is no end any more`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        #expect(purchase.machine.purchase.endedAt != nil)
        _ = purchase.after(.orderRead(.notOurs))
        #expect(purchase.state == .needsAttention)
        #expect(purchase.machine.purchase.endedAt == nil, "the database takes no other")
    }

    @Test func `no sequence of events after a restart ever charges`() {
        // Every purchase that can be on the disk, every event that can come: exhaustively, three events deep.
        let readings: [OrderReading] = [
            .unreadable, .missing, .notOurs, .pending(redirectURL: nil), .declined(code: "x"), .noCharge,
            PurchaseTranscript.paidReading, PurchaseTranscript.refundedReading,
        ]
        let events: [PurchaseEvent] =
            readings.map(PurchaseEvent.orderRead) + [
                .userProvisioned, .provisioningFailed(.routerAway), .provisioningFailed(.nameTaken),
                .provisioningFailed(.refused), .refundAnswered(.accepted), .refundAnswered(.refused),
                .refundAnswered(.unknown), .userAbsent, .userRemovalFailed,
            ]
        var checked = 0
        for stored in storedPurchases() {
            for first in events {
                for second in events {
                    for third in events {
                        var purchase = PurchaseTranscript(stored)
                        var actions = [purchase.resume().action]
                        for event in [first, second, third] {
                            actions.append(purchase.after(event, waiting: .seconds(60)).action)
                        }
                        checked += 1
                        guard actions.contains(where: { if case .charge = $0 { true } else { false } }) else {
                            continue
                        }
                        Issue.record("charged after a restart: \(stored.state) \(first) \(second) \(third)")
                    }
                }
            }
        }
        #expect(checked == storedPurchases().count * events.count * events.count * events.count)
    }

    private func storedPurchases() -> [Purchase] {
        var ordered = PurchaseTranscript()
        _ = ordered.after(.orderCreated(orderID: "ord_1"))
        var doubted = PurchaseTranscript.charging()
        _ = doubted.after(.chargeAnswered(.unknown))
        var ended = doubted
        _ = ended.after(.orderRead(.noCharge), waiting: .seconds(300))
        var refunding = PurchaseTranscript.paid()
        _ = refunding.after(.provisioningFailed(.refused))
        var refunded = refunding
        _ = refunded.after(.orderRead(PurchaseTranscript.refundedReading))
        var delivered = PurchaseTranscript.paid()
        _ = delivered.after(.userProvisioned)
        return [
            PurchaseTranscript(), ordered, .charging(), doubted, ended, .paid(), refunding, refunded, delivered,
        ].map(\.machine.purchase)
    }
}
