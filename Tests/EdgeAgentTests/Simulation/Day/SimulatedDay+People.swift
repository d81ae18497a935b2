import ConektaSimulator
import Purchasing
import ServerKit
import Shared
import TestSupport

@testable import EdgeAgent

// Who buys, and who sells for cash.
extension SimulatedDay {
    private static let cards = ["4242424242424242", "4242424242424242", "4242424242424242", "4000000000000002"]
    /// Who does not get through taps again, as long as their card's token lives.
    private static let maximumTaps = 10

    // MARK: By card

    func receiveBuyers() async {
        await withTaskGroup(of: Void.self) { group in
            var generator = SplitMix64(seed: seed &* 41)
            var number: UInt64 = 0
            while !isOver {
                let pause = Duration.exponential(mean: .seconds(420), using: &generator)
                await time.activity { try? await time.sleep(for: pause) }
                number += 1
                let person = SplitMix64(seed: seed &* 43 &+ number)
                group.addTask { await self.time.activity { await self.buy(person) } }
            }
        }
    }

    private func buy(_ person: SplitMix64) async {
        var generator = person
        // The price list says whether cards are taken.
        guard let shown = box, !isOver else { return }
        if await shown.purchases.availability.reasonAgainst(routerID: SimulatedBox.router.id) == .providerUnreachable {
            return ledger.noteTurnedAway()
        }
        try? await time.sleep(for: .spread(.seconds(5), .seconds(200), using: &generator))
        let card = Self.cards.randomElement(using: &generator) ?? ""
        guard let token = world.conekta.makeToken(cardNumber: card),
            let order = try? Self.order(token: token, number: generator.next())
        else { return ledger.find("a buyer has no card") }
        let intent = PurchaseIntent(order, product: .forTests(profile: SimulatedWorld.profile), seenMACAddress: nil)
        ledger.add(Buyer(intent: intent, intentAfterRestart: intent))
        for _ in 0..<Self.maximumTaps {
            guard await !tap(order, intent) else { return }
            try? await time.sleep(for: .seconds(45))
        }
    }

    /// - Returns: Whether there is nothing more to do.
    private func tap(_ order: PurchaseDesk.Order, _ intent: PurchaseIntent) async -> Bool {
        guard let box else { return false }
        let wasOpen = box.wayOut.isOpen
        do {
            let id = try await box.purchases.start(order)
            // What began while cards were taken is found again, whatever is said now.
            if !wasOpen, !ledger.begun.contains(id) { ledger.find("\(id) began while there was no way to charge it") }
            ledger.noteBegun(id)
            world.acknowledgements.add(id, of: intent, isNew: true)
            await follow(id)
            return true
        } catch let error as APIError where error.code == CardUnavailability.providerUnreachable.rawValue {
            if wasOpen { ledger.find("a card was refused while the way was said to be open") }
            ledger.noteTurnedAway()
            return true
        } catch {
            return false
        }
    }

    /// The page that says how the purchase stands.
    private func follow(_ id: PurchaseID) async {
        for _ in 0..<60 {
            let progress = try? await box?.runner.progress(of: id, waitingUpTo: .seconds(20))
            if let purchase = progress?.purchase {
                if purchase.state == .delivered, let code = purchase.fichaCode {
                    return world.acknowledgements.addDelivered(id, code: code)
                }
                if [.declined, .abandoned, .refunded].contains(purchase.state) { return }
            }
            try? await time.sleep(for: .seconds(3))
        }
    }

    private static func order(token: String, number: UInt64) throws -> PurchaseDesk.Order {
        PurchaseDesk.Order(
            router: SimulatedBox.router,
            productID: 1,
            buyer: try CheckedBuyer(cardToken: Secret(token), name: "Ana Pérez", email: "ana@example.mx"),
            sourceAddress: "10.5.\(number % 200).\(number / 200 % 200)",
            claimedMACAddress: nil,
            connects: false,
            idempotencyKey: nil,
            joinsOpenPurchase: false,
            shownPriceCents: 1_500
        )
    }

    // MARK: For cash

    func sellForCash(_ index: Int) async {
        var generator = SplitMix64(seed: seed &* 47 &+ UInt64(index))
        while true {
            try? await time.sleep(for: .exponential(mean: .seconds(400), using: &generator))
            guard !isOver else { return }
            let id = SaleID(using: &generator)
            let (tapsTwice, voids) = (
                Int.random(in: 0..<5, using: &generator) == 0, Int.random(in: 0..<12, using: &generator) == 0
            )
            while await !sell(id, by: index, tapsTwice: tapsTwice, voids: voids) {
                // The page does not load: the box is off.
                try? await time.sleep(for: .seconds(15))
            }
        }
    }

    /// - Returns: False while the box is off.
    private func sell(_ id: SaleID, by index: Int, tapsTwice: Bool, voids: Bool) async -> Bool {
        guard let box, let cashier = box.counter.inForce.site.snapshot.cashiers?[index] else { return false }
        let isInCut = LineCuts.Side.allCases.contains { cuts.cut(of: $0, at: now) != nil }
        do {
            let (sale, isNew) = try await sell(id, box, cashier)
            if !isNew { ledger.find("\(id) was known before it was made") }
            if tapsTwice {
                let again = try await sell(id, box, cashier)
                if again.isNew || again.sale.folio != sale.folio { ledger.find("\(id) was sold twice") }
            }
            if voids { _ = try await box.counter.void(id, reason: "Me equivoqué", by: cashier) }
            ledger.add(
                DayLedger.CashSale(
                    id: id,
                    tillID: sale.tillID,
                    folio: sale.folio,
                    cents: sale.ficha.product.price.cents,
                    isVoided: voids,
                    isInCut: isInCut
                )
            )
        } catch {
            ledger.find("\(id) could not be sold for cash: \(error)")
        }
        return true
    }

    private func sell(
        _ id: SaleID,
        _ box: DayBox,
        _ cashier: SiteSnapshot.Cashier
    ) async throws -> (sale: CounterSale, isNew: Bool) {
        try await box.counter.sell(
            id,
            productID: 1,
            routerID: SimulatedBox.router.id,
            shownPriceCents: 1_500,
            by: cashier
        )
    }
}
