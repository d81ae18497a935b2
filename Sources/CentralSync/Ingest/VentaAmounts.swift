import Shared

/// What some ventas come to.
struct VentaAmounts: Sendable, Hashable {
    var soldCount: Int64 = 0
    var soldCents: Int64 = 0
    var refundedCount: Int64 = 0
    var refundedCents: Int64 = 0

    init() {}

    /// The four columns of a row of sums.
    ///
    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow, prefix: String = "") throws {
        soldCount = try row.integer(prefix + "sold_count")
        soldCents = try row.integer(prefix + "sold_cents")
        refundedCount = try row.integer(prefix + "refunded_count")
        refundedCents = try row.integer(prefix + "refunded_cents")
    }

    /// Money that came and went back is in neither of the sold figures.
    mutating func add(_ venta: VentaEvent.Venta) {
        switch venta.outcome {
        case .delivered:
            soldCount += 1
            soldCents += venta.amountCents
        case .refunded:
            refundedCount += 1
            refundedCents += venta.refundedCents
        }
    }

    /// A sale that was counted as sold went back.
    mutating func takeBack(cents: Int64) {
        soldCount -= 1
        soldCents -= cents
        refundedCount += 1
        refundedCents += cents
    }

    static func += (sum: inout VentaAmounts, other: VentaAmounts) {
        sum.soldCount += other.soldCount
        sum.soldCents += other.soldCents
        sum.refundedCount += other.refundedCount
        sum.refundedCents += other.refundedCents
    }
}
