import Shared

/// How a reseller stands at this box, in one currency.
struct ResellerAccount: Sendable, Equatable {
    let resellerID: String
    let currency: String
    let lines: [ResellerLine]
    /// How many entregas and devoluciones there were: what was counted before another is counted no more.
    let movements: Int64
    /// Of the corte that comes next.
    let corteNumber: Int64
    /// What is owed by the last corte; negative for a credit.
    let balanceCents: Int64

    /// What is known to be owed besides, because it was used since.
    var usedSinceCents: Int64 {
        lines.reduce(0) { $0 + max(0, $1.used - $1.settled) * $1.netCents }
    }

    /// What a corte with this count has.
    ///
    /// - Parameter inHand: For each line, in their order.
    /// - Throws: ``ResellerError``.
    func settled(inHand: [Int64]) throws(ResellerError) -> [ResellerCorteEvent.Line] {
        guard inHand.count == lines.count else { throw .accountChanged }
        var settled: [ResellerCorteEvent.Line] = []
        for (line, count) in zip(lines, inHand) {
            settled.append(try line.settled(inHand: count, name: name(of: line)))
        }
        return settled
    }

    /// A product's name, with what tells it apart from the same at another price or rate.
    func name(of line: ResellerLine) -> String {
        let same = lines.filter { $0.product.name == line.product.name }
        guard same.count > 1 else { return line.product.name }
        return
            "\(line.product.name) de \(line.product.price.displayText) al \(RateText.text(line.commissionBasisPoints))"
    }
}
