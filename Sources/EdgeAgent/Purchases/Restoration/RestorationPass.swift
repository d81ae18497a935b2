import Conekta
import Logging
import Purchasing
import RouterOS
import Shared

/// Finds out what a restored box sold by card since its backup, from Conekta and from the routers, and writes it down.
///
/// Nothing is charged, delivered or given back here: a purchase that still needs any of it goes on as after a crash. What
/// was written down is not looked into again; a pass that Conekta cuts off reads the rest anew.
struct RestorationPass: Sendable {
    /// Between Conekta's clock and what was being written when the backup was made.
    private static let margin = Duration.seconds(3_600)
    /// How old the time in a backup may be when it is made.
    private static let bookkeeping = Duration.seconds(120)
    /// How much earlier than its time a ficha counts as perhaps used up: two clocks differ.
    private static let tolerance = Duration.seconds(60)

    /// What the evidence about a purchase rests on.
    private struct Known {
        let backup: Timestamp?
        /// When the box of before was certainly dead; nil where no clock says so.
        let latestDeath: Timestamp?
        /// Nothing that left it can take effect any more.
        let isAll: Bool
    }

    let store: PurchaseStore
    let accounts: ConektaAccounts
    let routers: any PurchaseRouters
    let siteID: String
    let policy: PurchasePolicy
    let wallClock: WallClock
    let steadyClock: WallClock
    /// The time as somebody outside confirmed it; nil where nobody did.
    let confirmedTime: @Sendable () -> Timestamp?
    /// Takes up a purchase that has to go on.
    let takeUp: @Sendable (Purchase) async -> Void
    let logger: Logger

    /// - Parameter isLast: Nothing that left the box of before can take effect any more.
    /// - Returns: Whether purchases wait for a router that is away.
    /// - Throws: ``RestorationInterrupted``; the database's errors.
    func run(_ restoration: Restoration, isLast: Bool) async throws -> Bool {
        guard let client = accounts.current else { throw RestorationInterrupted.noAccount }
        let search = OrderSearch(client: client, siteID: siteID)
        var found = try await search.orders(since: restoration.since.map { $0 - Self.margin }) { ids in
            try await store.unsettled(among: ids)
        }
        let waiting = try await store.awaitingRestoration()
        // Those under way when the backup was made may be older than what was asked for.
        for purchase in waiting {
            guard let order = purchase.orderID.flatMap(OrderID.init) else { continue }
            if found[purchase.id]?.contains(order) != true { found[purchase.id, default: []].append(order) }
        }
        if !found.isEmpty || !waiting.isEmpty {
            logger.notice(
                "finding out about purchases after a restoration",
                metadata: ["found": "\(found.count)", "held": "\(waiting.count)"]
            )
        }
        var orders: [(purchaseID: PurchaseID, order: ConektaOrder)] = []
        for (id, orderIDs) in found {
            if let order = try await decisiveOrder(among: orderIDs, client) { orders.append((id, order)) }
        }
        // Oldest first: what is known of earlier sales says how far back a router remembers.
        orders.sort { ($0.order.createdAt?.milliseconds ?? 0) < ($1.order.createdAt?.milliseconds ?? 0) }
        let held = Dictionary(waiting.map { ($0.id, $0) }) { first, _ in first }
        var views: [String: RouterView] = [:]
        let known = Known(
            backup: restoration.since,
            latestDeath: restoration.searchedAt ?? confirmedTime(),
            isAll: isLast
        )
        var waits: Set<String> = []
        for (id, order) in orders {
            let waiting = try await settle(id, order, held: held[id], known, &views)
            if let routerID = waiting { waits.insert(routerID) }
        }
        return waits.contains { views[$0]?.isAway == true }
    }

    /// What was held and could not be found out about goes on as any other purchase.
    func release() async throws {
        for purchase in try await store.releaseHeld() { await takeUp(purchase) }
    }

    /// Of the orders of a purchase the one with its money; nil where Conekta knows none of them.
    private func decisiveOrder(among ids: [OrderID], _ client: ConektaClient) async throws -> ConektaOrder? {
        var decisive: ConektaOrder?
        for id in ids {
            switch await client.order(id: id) {
            case .found(let order):
                if decisive.map({ order.weight > $0.weight }) ?? true { decisive = order }
            case .missing: continue
            case .unavailable(.inDoubt(.unreadable)):
                // It would be as unreadable the next time, and nothing would ever be sold by card again.
                logger.critical("an order of ours cannot be read", metadata: ["order": "\(id)"])
            case .unavailable: throw RestorationInterrupted.conektaAway
            }
        }
        return decisive
    }

    /// - Returns: The router that has to be asked again.
    private func settle(
        _ id: PurchaseID,
        _ order: ConektaOrder,
        held: Purchase?,
        _ known: Known,
        _ views: inout [String: RouterView]
    ) async throws -> String? {
        guard let metadata = OrderMetadata(order), metadata.purchaseID == id, metadata.siteID == siteID else {
            logger.critical("an order of ours cannot be read", metadata: ["order": "\(order.id)", "purchase": "\(id)"])
            return nil
        }
        let createdAt = order.createdAt ?? steadyClock.now
        var purchase = held ?? Purchase(metadata, createdAt: createdAt)
        let reading = OrderReading(order, for: purchase)
        let view = try await view(of: purchase.routerID, backup: known.backup, in: &views)
        let verdict = RestorationVerdict(
            reading,
            evidence(of: purchase, orderedAt: createdAt, view, known),
            mayStillBeCharged: steadyClock.now - createdAt < policy.lateChargeWatch,
            isLast: known.isAll
        )
        let isLeft = held?.isDecidedWithoutDelivery == true || verdict == .nothing
        if isLeft, held == nil { return nil }
        if !isLeft { purchase.become(verdict, order, reading, at: steadyClock.now) }
        let soldAt = order.soldAt ?? createdAt
        let user: HotspotUser? = if case .delivered(let user) = verdict { user } else { view.user(of: id) }
        if !isLeft, let user { purchase.remember(user) }
        let awaits = verdict == .unknown(mayBeKnownLater: true) && !isLeft
        let isOver = purchase.state == .delivered || (purchase.state == .refunded && !purchase.userMayExist)
        let restored = RestoredPurchase(
            purchase: purchase,
            metadata: metadata,
            customerName: order.customerName?.reveal() ?? "",
            customerEmail: order.customerEmail?.reveal() ?? "",
            soldAt: soldAt,
            device: user?.macAddress,
            isOpen: !isOver,
            awaitsRestoration: awaits
        )
        try await write(restored, isHeld: held != nil)
        if case .delivered = verdict { views[purchase.routerID]?.remember(soldAt) }
        if !isOver, !awaits { await takeUp(purchase) }
        return awaits ? purchase.routerID : nil
    }

    private func write(_ found: RestoredPurchase, isHeld: Bool) async throws {
        var restored = found
        do {
            try await store.write(restored, at: wallClock.now)
        } catch is CodeOfAnother {
            // By the one chance in a billion; a person has to see it, and no order keeps the others from being found.
            restored = restored.withDeliveryUnknown()
            try await store.write(restored, at: wallClock.now)
        }
        let purchase = restored.purchase
        logger.notice(
            "a purchase is known again",
            metadata: [
                "purchase": "\(purchase.id)", "state": "\(purchase.state.rawValue)",
                "order": "\(purchase.orderID ?? "-")", "attention": "\(purchase.attention?.rawValue ?? "-")",
                "was_in_backup": "\(isHeld)",
            ]
        )
    }

    // MARK: Routers

    /// Each router is asked once.
    private func view(
        of routerID: String,
        backup: Timestamp?,
        in views: inout [String: RouterView]
    ) async throws -> RouterView {
        if let view = views[routerID] { return view }
        var sold: [String: Timestamp] = [:]
        if let backup { sold = try await store.sold(at: routerID, since: backup + Self.bookkeeping) }
        let view = RouterView(await routers.users(at: routerID), sold: sold)
        views[routerID] = view
        return view
    }

    /// A paid purchase without a user was not delivered if its ficha cannot have been used up before the box died, and the
    /// router has not lost its memory: it still has a user from between the backup and that purchase. Said the last time only: what the box of before
    /// sent to a router out of reach may arrive for a quarter of an hour.
    private func evidence(
        of purchase: Purchase,
        orderedAt: Timestamp,
        _ view: RouterView,
        _ known: Known
    ) -> DeliveryEvidence {
        if view.isAway { return .notYet }
        if let user = view.user(of: purchase.id) { return .delivered(user) }
        guard let latestDeath = known.latestDeath, let remembers = view.remembersSince, remembers < orderedAt,
            purchase.product.dataLimitBytes == nil,
            latestDeath - orderedAt + Self.tolerance < .seconds(purchase.product.durationSeconds)
        else { return known.isAll ? .unknown : .notYet }
        return known.isAll ? .notDelivered : .notYet
    }
}

extension ConektaOrder {
    /// How much of a purchase's money an order says something about.
    fileprivate var weight: Int {
        if charges.contains(where: \.hasTakenMoney) { return 3 }
        switch settlement {
        case .noCharge: return 0
        case .declined: return 1
        default: return 2
        }
    }

    /// When its money was taken, by Conekta's clock.
    fileprivate var soldAt: Timestamp? {
        charges.first(where: \.hasTakenMoney).flatMap { $0.paidAt ?? $0.createdAt }
    }
}
