import ServerKit
import Shared

/// One figure of a report: what was sold, and up to when all of it is here.
struct SalesFigure: Sendable, Equatable {
    /// By currency; pesos and dollars are not added up.
    private(set) var amounts: [String: SalesAmounts] = [:]
    /// All that the boxes concerned sold up to then is counted; nil when there is no box.
    var completeUntil: Timestamp?

    /// - Throws: `SQLRow.Mismatch`.
    mutating func add(_ row: SQLRow) throws {
        let (currency, method) = (try row.text("currency"), try row.text("method"))
        amounts[currency, default: SalesAmounts()].add(try VentaAmounts(row), method: method)
    }

    static func += (sum: inout SalesFigure, other: SalesFigure) {
        for (currency, amounts) in other.amounts { sum.amounts[currency, default: SalesAmounts()] += amounts }
    }

    func complete(until time: Timestamp?) -> SalesFigure {
        var figure = self
        figure.completeUntil = time
        return figure
    }

    /// An object.
    func write(to text: inout JSONText) {
        text.object { text in
            text.name("amounts")
            text.object { text in
                for (currency, amounts) in amounts.sorted(by: { $0.key < $1.key }) {
                    text.name(currency)
                    amounts.write(to: &text)
                }
            }
            text.member("complete_until", completeUntil?.rfc3339)
        }
    }
}
