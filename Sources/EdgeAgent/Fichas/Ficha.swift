import Purchasing
import Shared

/// One access: its code, its time, and where it stands. Changed only by the steps in `Ficha+Life.swift`.
struct Ficha: Sendable, Equatable {
    /// How often a ficha goes to another device. Phones change their address by themselves every two weeks or when they
    /// forget the network (reference `routeros.md` §4); more than this is sharing.
    static let maximumMoves = 5

    let code: FichaCode
    let comment: RouterComment
    let routerID: String
    /// As it was when the ficha was sold or printed.
    let product: PurchasedProduct
    /// Nil for what is sold for cash.
    let purchaseID: PurchaseID?
    /// The batch it was printed in; nil unless it is stock.
    let batchID: String?
    /// When unsold stock stops being sold.
    let sellBy: Timestamp?
    let mintedAt: Timestamp

    var state: FichaState
    var routerState: FichaRouterState = .none
    /// The phone it was bought from, as the router saw it: it finds its ficha again before it was used.
    var buyerMACAddress: MACAddress?
    /// The phone it works on.
    var macAddress: MACAddress?
    var moves = 0
    /// Given on top of the product's time.
    var extraTime = Duration.zero
    var soldAt: Timestamp?
    var endedAt: Timestamp?

    /// When its time began to run.
    var firstUsedAt: Timestamp?
    /// When a `corrido` ficha ends.
    var expiresAt: Timestamp?
    /// Whether the two times before were taken on a clock somebody had confirmed; nil before the first use.
    var isTimeSynced: Bool?

    /// Online time, in all lives of the user on the router.
    var usedTime = Duration.zero
    var usedBytes: Int64 = 0
    /// What the router's own counters said last, and when; they may start anew.
    var seen = RouterCounters.none
    var seenAt: Timestamp?

    /// A ficha of stock, or one that is sold in the same transaction.
    static func mint(
        _ code: FichaCode,
        comment: RouterComment,
        product: PurchasedProduct,
        routerID: String,
        batchID: String? = nil,
        sellBy: Timestamp? = nil,
        at moment: FichaMoment
    ) -> Ficha {
        Ficha(
            code: code,
            comment: comment,
            routerID: routerID,
            product: product,
            purchaseID: nil,
            batchID: batchID,
            sellBy: sellBy,
            mintedAt: moment.wall,
            state: .minted
        )
    }

    /// The code of a purchase that is paid and not delivered yet.
    static func reserve(_ code: FichaCode, for purchase: Purchase, at time: Timestamp) -> Ficha {
        Ficha(
            code: code,
            comment: RouterComment(purchase.id),
            routerID: purchase.routerID,
            product: purchase.product,
            purchaseID: purchase.id,
            batchID: nil,
            sellBy: nil,
            mintedAt: time,
            state: .reserved
        )
    }

    /// All time that was paid for or given.
    var totalTime: Duration { .seconds(product.durationSeconds) + extraTime }
}
