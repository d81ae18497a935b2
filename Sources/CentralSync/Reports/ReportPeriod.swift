import Foundation
import Shared

/// The days a dashboard shows, each by the calendar of the site that sold.
enum ReportPeriod: String, Sendable, CaseIterable {
    case today, yesterday
    /// The day a week ago: what today is best compared with.
    case sameWeekday = "same_weekday"
    /// From the first of the month to now.
    case month

    /// What the sums of this period are called in a time zone: `2026-11-22`, or `2026-11`.
    func name(at now: Timestamp, in zone: TimeZone) -> String {
        switch self {
        case .today: BusinessDay(of: now, in: zone).date
        case .yesterday: day(before: now, by: 1, in: zone)
        case .sameWeekday: day(before: now, by: 7, in: zone)
        case .month: BusinessDay(of: now, in: zone).month
        }
    }

    /// By the calendar and not by hours: a day on which the clock is changed has 23 or 25 of them.
    private func day(before now: Timestamp, by days: Int64, in zone: TimeZone) -> String {
        let instant = Date(timeIntervalSince1970: Double(now.milliseconds) / 1_000)
        let local = now + .seconds(Int64(zone.secondsFromGMT(for: instant)) - days * 86_400)
        return BusinessDay(of: local, in: .gmt).date
    }
}
