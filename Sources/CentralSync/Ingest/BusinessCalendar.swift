import Foundation
import Shared

/// The business days of many sales, which are mostly of the same hour: finding one out takes longer than reading the sale.
struct BusinessCalendar {
    /// Clocks are set, and hours begin, at quarters of an hour everywhere.
    private static let quarterMilliseconds: Int64 = 900_000

    let timeZone: TimeZone
    private var last: (quarter: Int64, day: BusinessDay)?

    init(timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    mutating func day(of time: Timestamp) -> BusinessDay {
        let (quotient, rest) = time.milliseconds.quotientAndRemainder(dividingBy: Self.quarterMilliseconds)
        let quarter = rest < 0 ? quotient - 1 : quotient
        if let last, last.quarter == quarter { return last.day }
        let day = BusinessDay(of: time, in: timeZone)
        last = (quarter, day)
        return day
    }
}
