import Purchasing
import Shared
import Testing

@Suite struct PurchaseDeliveryTests {
    let provision = PurchaseAction.provision(PurchaseTranscript.code)
    let readOrder = PurchaseAction.readOrder(orderID: "ord_1")

    @Test func `a router that is away is asked again until the deadline, then the money goes back`() {
        var purchase = PurchaseTranscript.paid()
        #expect(purchase.after(.provisioningFailed(.routerAway)) == .act(provision, after: .milliseconds(500)))
        #expect(purchase.after(.provisioningFailed(.routerAway), waiting: .seconds(119)).action == provision)
        #expect(purchase.after(.provisioningFailed(.routerAway), waiting: .seconds(1)) == .commit(readOrder))
        #expect(purchase.state == .refunding)
    }

    @Test func `a router that says no for good sends the money back at once`() {
        var purchase = PurchaseTranscript.paid()
        #expect(purchase.after(.provisioningFailed(.refused)) == .commit(readOrder))
        #expect(purchase.state == .refunding)
    }

    @Test func `a name that is taken is replaced and written down before the router is asked again`() {
        var purchase = PurchaseTranscript.paid()
        let step = purchase.after(.provisioningFailed(.nameTaken))
        #expect(step == .commit(.provision(PurchaseTranscript.secondCode)))
    }

    @Test func `the whole way back`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        let refund = PurchaseAction.refund(orderID: "ord_1", cents: 1_500)
        #expect(purchase.after(.orderRead(PurchaseTranscript.paidReading)) == .commit(refund))
        #expect(purchase.after(.refundAnswered(.accepted)) == .commit(readOrder))
        let back = purchase.after(.orderRead(PurchaseTranscript.refundedReading))
        #expect(back == .commit(.removeUser(PurchaseTranscript.code)))
        #expect(purchase.state == .refunded)
    }

    @Test func `a user's absence is believed only when a slow router can no longer create it`() {
        var purchase = refundedAfterRouterAway()
        let remove = PurchaseAction.removeUser(PurchaseTranscript.code)
        for seconds in [60, 240, 960, 2_400] {
            #expect(purchase.after(.userAbsent) == .act(remove, after: .seconds(seconds)))
            purchase.now = purchase.now + .seconds(seconds)
        }
        #expect(purchase.after(.userAbsent) == .commit(.finish))
        #expect(!purchase.machine.purchase.userMayExist)
    }

    @Test func `a restart long after does not take its word for a user's absence`() {
        var purchase = refundedAfterRouterAway()
        purchase.now = purchase.now + .seconds(86_400)
        var resumed = PurchaseTranscript(purchase.machine.purchase, now: purchase.now)
        _ = resumed.resume()
        #expect(resumed.after(.userAbsent).action == .removeUser(PurchaseTranscript.code))
        #expect(resumed.after(.userAbsent, waiting: .seconds(3_600)) == .commit(.finish))
    }

    @Test func `a user that cannot be removed yet is not forgotten`() {
        var purchase = refundedAfterRouterAway()
        for _ in 0..<100 {
            #expect(purchase.after(.userRemovalFailed).action == .removeUser(PurchaseTranscript.code))
        }
        #expect(purchase.machine.purchase.userMayExist)
    }

    @Test func `a refund without an answer is read about, and sent again only when it does not show`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        _ = purchase.after(.orderRead(PurchaseTranscript.paidReading))
        #expect(purchase.after(.refundAnswered(.unknown)).action == readOrder)
        let soon = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(299))
        #expect(soon.action == readOrder)
        let late = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(1))
        #expect(late == .commit(.refund(orderID: "ord_1", cents: 1_500)))
    }

    @Test func `a refund that was accepted is never sent again, however long it does not show`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        _ = purchase.after(.orderRead(PurchaseTranscript.paidReading))
        _ = purchase.after(.refundAnswered(.accepted))
        var resumed = PurchaseTranscript(purchase.machine.purchase, now: purchase.now)
        _ = resumed.resume()
        for _ in 0..<100 {
            let step = resumed.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(300))
            #expect(step.action == readOrder)
        }
        #expect(resumed.machine.purchase.attention == .refundNotShown)
        _ = resumed.after(.orderRead(PurchaseTranscript.refundedReading))
        #expect(resumed.state == .refunded)
    }

    @Test func `a refund that never left is sent again at once`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        _ = purchase.after(.orderRead(PurchaseTranscript.paidReading))
        _ = purchase.after(.refundAnswered(.notSent))
        let again = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(1))
        #expect(again == .commit(.refund(orderID: "ord_1", cents: 1_500)))
    }

    @Test func `a refund that is refused is shown to a person, watched, and asked for again each hour`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        _ = purchase.after(.orderRead(PurchaseTranscript.paidReading))
        #expect(purchase.after(.refundAnswered(.refused)).action == readOrder)
        #expect(purchase.state == .needsAttention)
        let reading = PurchaseTranscript.paidReading
        #expect(purchase.after(.orderRead(reading), waiting: .seconds(3_000)).action == readOrder)
        let again = purchase.after(.orderRead(reading), waiting: .seconds(600))
        #expect(again.action == .refund(orderID: "ord_1", cents: 1_500))
        _ = purchase.after(.refundAnswered(.refused))
        _ = purchase.after(.orderRead(PurchaseTranscript.refundedReading))
        #expect(purchase.state == .refunded, "somebody gave it back in Conekta's panel")
    }

    @Test func `money that went back in part is for a person`() {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.refused))
        let partly = OrderReading.paid(chargeID: "chg_1", chargedCents: 1_500, priceMatches: true, refundedCents: 500)
        _ = purchase.after(.orderRead(partly))
        #expect(purchase.machine.purchase.attention == .refundMismatch)
    }

    private func refundedAfterRouterAway() -> PurchaseTranscript {
        var purchase = PurchaseTranscript.paid()
        _ = purchase.after(.provisioningFailed(.routerAway), waiting: .seconds(120))
        _ = purchase.after(.orderRead(PurchaseTranscript.refundedReading))
        // The last attempt was `askRouter`'s at the payment, two minutes ago; make it now.
        var late = purchase.machine.purchase
        late.provisionSentAt = purchase.now
        return PurchaseTranscript(late, now: purchase.now)
    }
}
