import Foundation
import Shared

/// The day and hour of a sale at its site: what reports count by.
struct BusinessDay: Sendable, Hashable {
    /// `2026-11-22`.
    let date: String
    /// 0 to 23.
    let hour: Int64

    /// `2026-11`.
    var month: String { String(date.prefix(7)) }

    init(date: String, hour: Int64) {
        self.date = date
        self.hour = hour
    }

    init(of time: Timestamp, in zone: TimeZone) {
        let instant = Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
        let local = time.milliseconds + Int64(zone.secondsFromGMT(for: instant)) * 1_000
        let (day, rest) = local.quotientAndFloor(86_400_000)
        hour = rest / 3_600_000
        date = Self.text(daysSince1970: day)
    }

    /// The proleptic Gregorian date of a day, after Howard Hinnant's `civil_from_days`.
    private static func text(daysSince1970 days: Int64) -> String {
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.quotientAndFloor(146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return [(year, 4), (month, 2), (day, 2)].map { number, width in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
    }
}

extension Int64 {
    /// The quotient rounded down and the remainder that is never negative.
    fileprivate func quotientAndFloor(_ divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
