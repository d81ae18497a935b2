import Purchasing
import Shared
import Testing

@Suite struct PurchaseStateMachineTests {
    @Test func `a purchase that goes well`() {
        var purchase = PurchaseTranscript()
        #expect(purchase.machine.begin() == .commit(.createOrder))
        #expect(purchase.after(.orderCreated(orderID: "ord_1")) == .commit(.askToCharge))
        #expect(purchase.after(.chargeAllowed) == .commit(.charge(orderID: "ord_1")))
        #expect(purchase.state == .charging)
        #expect(purchase.after(.chargeAnswered(.looksPaid(chargeID: "chg_1"))) == .act(.readOrder(orderID: "ord_1")))
        #expect(purchase.state == .charging, "the answer to the charge is not believed by itself")
        let code = PurchaseTranscript.code
        #expect(purchase.after(.orderRead(PurchaseTranscript.paidReading)) == .commit(.provision(code)))
        #expect(purchase.state == .paid)
        #expect(purchase.machine.purchase.userMayExist, "written down before the router is asked")
        #expect(purchase.after(.userProvisioned) == .commit(.finish))
        #expect(purchase.state == .delivered)
    }

    @Test func `five commits, no more, for a purchase that goes well`() {
        var purchase = PurchaseTranscript()
        let steps = [
            purchase.machine.begin(),
            purchase.after(.orderCreated(orderID: "ord_1")),
            purchase.after(.chargeAllowed),
            purchase.after(.chargeAnswered(.looksPaid(chargeID: "chg_1"))),
            purchase.after(.orderRead(PurchaseTranscript.paidReading)),
            purchase.after(.userProvisioned),
        ]
        #expect(steps.count(where: \.mustCommit) == 5)
    }

    @Test(arguments: [PurchaseRefusal.providerUnreachable, .providerRefused])
    func `no order, no charge`(refusal: PurchaseRefusal) {
        var purchase = PurchaseTranscript()
        #expect(purchase.after(.orderNotCreated(refusal)) == .commit(.finish))
        #expect(purchase.state == .abandoned)
        #expect(purchase.machine.purchase.refusal == refusal)
    }

    @Test func `a charge that may not leave any more`() {
        var purchase = PurchaseTranscript()
        _ = purchase.after(.orderCreated(orderID: "ord_1"))
        #expect(purchase.after(.chargeForbidden(.interrupted)) == .commit(.finish))
        #expect(purchase.state == .abandoned)
        #expect(purchase.machine.purchase.chargeSentAt == nil)
    }

    @Test(arguments: [
        (ChargeAnswer.declined(code: "insufficient_funds"), PurchaseRefusal.cardDeclined(code: "insufficient_funds")),
        (.notSent, .providerUnreachable),
    ])
    func `a definite no ends the purchase`(answer: ChargeAnswer, refusal: PurchaseRefusal) {
        var purchase = PurchaseTranscript.charging()
        #expect(purchase.after(.chargeAnswered(answer)) == .commit(.finish))
        #expect(purchase.state == .declined)
        #expect(purchase.machine.purchase.refusal == refusal)
    }

    @Test func `a refused charge is over once the order shows none, and paid for if it does`() {
        let readOrder = PurchaseAction.readOrder(orderID: "ord_1")
        var refused = PurchaseTranscript.charging()
        #expect(refused.after(.chargeAnswered(.refused)) == .act(readOrder))
        #expect(refused.after(.orderRead(.unreadable)).action == readOrder)
        #expect(refused.after(.orderRead(.noCharge)) == .commit(.finish))
        #expect(refused.state == .declined)
        #expect(refused.machine.purchase.refusal == .providerRefused)

        var sentTwice = PurchaseTranscript.charging()
        _ = sentTwice.after(.chargeAnswered(.refused))
        let paid = sentTwice.after(.orderRead(PurchaseTranscript.paidReading))
        #expect(paid == .commit(.provision(PurchaseTranscript.code)))
    }

    @Test func `a charge that was answered as paid is never called declined`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.looksPaid(chargeID: "chg_1")))
        _ = purchase.after(.orderRead(.declined(code: "declined")))
        #expect(purchase.state == .inDoubt)
        _ = purchase.after(.orderRead(.declined(code: "declined")), waiting: .seconds(300))
        #expect(purchase.machine.purchase.attention == .chargeNotShown)
    }

    @Test func `a charge without an answer is asked about, never sent again`() {
        var purchase = PurchaseTranscript.charging()
        let readOrder = PurchaseAction.readOrder(orderID: "ord_1")
        #expect(purchase.after(.chargeAnswered(.unknown)) == .commit(readOrder, after: .milliseconds(500)))
        #expect(purchase.state == .inDoubt)
        #expect(purchase.after(.orderRead(.unreadable)) == .act(readOrder, after: .seconds(1)))
        #expect(purchase.after(.orderRead(.noCharge)) == .act(readOrder, after: .seconds(2)))
        let paid = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(10))
        #expect(paid == .commit(.provision(PurchaseTranscript.code)))
    }

    @Test func `a doubt ends without a charge only after the settle window`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(299))
        #expect(purchase.state == .inDoubt)
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(1))
        #expect(purchase.state == .declined)
        #expect(purchase.machine.purchase.refusal == .noChargeFound)
    }

    @Test func `a charge that comes after the doubt was over goes back`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        let watch = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        #expect(watch.action == .readOrder(orderID: "ord_1"))
        #expect(watch.delay == .seconds(600))
        let late = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(600))
        #expect(late == .commit(.readOrder(orderID: "ord_1")))
        #expect(purchase.state == .refunding)
    }

    @Test func `a charge that was answered as paid and never shows is for a person`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.looksPaid(chargeID: "chg_1")))
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        #expect(purchase.state == .needsAttention)
        #expect(purchase.machine.purchase.attention == .chargeNotShown)
        let paid = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(60))
        #expect(paid == .commit(.provision(PurchaseTranscript.code)))
    }

    @Test func `who confirms at the bank too late is not sent there any more`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.pending(redirectURL: "https://3ds.example/1")))
        _ = purchase.after(.orderRead(.pending(redirectURL: nil)), waiting: .seconds(1_499))
        #expect(purchase.machine.purchase.redirectURL != nil)
        let late = purchase.after(.orderRead(.pending(redirectURL: "https://3ds.example/1")), waiting: .seconds(1))
        #expect(purchase.machine.purchase.redirectURL == nil)
        #expect(late.mustCommit)
    }

    @Test func `the watch on a late charge ends after a day`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(300))
        #expect(purchase.after(.orderRead(.noCharge), waiting: .seconds(86_400)) == .commit(.finish))
        #expect(purchase.state == .declined)
    }

    @Test func `3-D Secure waits for the bank and keeps the address of its page`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.pending(redirectURL: "https://3ds.example/1")))
        #expect(purchase.state == .inDoubt)
        #expect(purchase.machine.purchase.redirectURL == "https://3ds.example/1")
        _ = purchase.after(.orderRead(.pending(redirectURL: nil)), waiting: .seconds(600))
        #expect(purchase.machine.purchase.redirectURL == "https://3ds.example/1")
        _ = purchase.after(.orderRead(PurchaseTranscript.paidReading))
        #expect(purchase.state == .paid)
        #expect(purchase.machine.purchase.redirectURL == nil)
    }

    @Test func `a bank that is waited for longer than a day is shown to a person, and still waited for`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.pending(redirectURL: nil)))
        _ = purchase.after(.orderRead(.pending(redirectURL: nil)), waiting: .seconds(86_400))
        #expect(purchase.state == .needsAttention)
        _ = purchase.after(.orderRead(.declined(code: "declined_by_3ds")))
        #expect(purchase.state == .declined)
    }

    @Test func `a charge of another amount goes back as it was charged`() {
        var purchase = PurchaseTranscript.charging()
        let wrong = OrderReading.paid(chargeID: "chg_1", chargedCents: 9_900, priceMatches: false, refundedCents: 0)
        _ = purchase.after(.chargeAnswered(.looksPaid(chargeID: "chg_1")))
        _ = purchase.after(.orderRead(wrong))
        #expect(purchase.state == .refunding)
        #expect(purchase.after(.orderRead(wrong)) == .commit(.refund(orderID: "ord_1", cents: 9_900)))
    }

    @Test func `an order that is not ours is left alone and shown to a person`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.looksPaid(chargeID: "chg_1")))
        _ = purchase.after(.orderRead(.notOurs))
        #expect(purchase.state == .needsAttention)
        #expect(purchase.machine.purchase.attention == .orderNotOurs)
    }

    @Test func `a payment that becomes certain when the buyer must be gone goes back`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(PurchaseTranscript.paidReading), waiting: .seconds(1_800))
        #expect(purchase.state == .refunding)
        #expect(!purchase.machine.purchase.userMayExist)
    }

    @Test func `an order that cannot be read for an hour is shown to a person until it can`() {
        var purchase = PurchaseTranscript.charging()
        _ = purchase.after(.chargeAnswered(.unknown))
        _ = purchase.after(.orderRead(.unreadable), waiting: .seconds(3_600))
        #expect(purchase.state == .needsAttention)
        #expect(purchase.machine.purchase.attention == .orderUnreadable)
        _ = purchase.after(.orderRead(.noCharge), waiting: .seconds(10))
        #expect(purchase.state == .declined)
        #expect(purchase.machine.purchase.attention == nil)
    }

    @Test func `nothing goes back by itself where nobody knows whether it was delivered`() {
        var purchase = PurchaseTranscript.paid().machine.purchase
        purchase.state = .needsAttention
        purchase.attention = .deliveryUnknown
        let now = PurchaseMoment(time: purchase.createdAt + .seconds(7_200), uptime: .seconds(7_200))
        var machine = PurchaseStateMachine(purchase, policy: PurchasePolicy(), now: now) { PurchaseTranscript.code }
        #expect(machine.resume(now: now).action == .readOrder(orderID: "ord_1"))
        let part = OrderReading.paid(chargeID: "chg_1", chargedCents: 1_500, priceMatches: false, refundedCents: 500)
        for reading in [PurchaseTranscript.paidReading, .unreadable, .missing, .noCharge, part] {
            let step = machine.handle(.orderRead(reading), now: now)
            #expect(step.action == .readOrder(orderID: "ord_1") && !step.mustCommit, "\(reading)")
            #expect(machine.purchase.attention == .deliveryUnknown)
        }
        // A person gave it back.
        let back = OrderReading.paid(chargeID: "chg_1", chargedCents: 1_500, priceMatches: false, refundedCents: 1_500)
        #expect(machine.handle(.orderRead(back), now: now).action == .removeUser(PurchaseTranscript.code))
        #expect(machine.purchase.state == .refunded)
    }

    @Test func `what never happens in the order it may is shown to a person`() {
        var purchase = PurchaseTranscript()
        _ = purchase.after(.userProvisioned)
        #expect(purchase.state == .needsAttention)
        var delivered = PurchaseTranscript.paid()
        _ = delivered.after(.userProvisioned)
        #expect(delivered.after(.orderRead(PurchaseTranscript.paidReading)) == .act(.finish))
        #expect(delivered.state == .delivered, "what is delivered stays delivered")
    }
}
