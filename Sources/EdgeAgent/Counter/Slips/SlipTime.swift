import Foundation
import Shared

/// Times as slips show them: `22 nov 2026 10:05`; of a clock that nobody has set they say so. By hand, so that it does not depend on a machine's languages.
enum SlipTime {
    private static let months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]

    static func text(_ time: Timestamp, in zone: TimeZone) -> String {
        guard time >= SiteCalendar.firstBelievable else { return SiteCalendar.unknownDate }
        let parts = parts(of: time, in: zone)
        return "\(day(parts)) \(twoDigits(parts.hour)):\(twoDigits(parts.minute))"
    }

    static func day(_ time: Timestamp, in zone: TimeZone) -> String {
        day(parts(of: time, in: zone))
    }

    private static func parts(of time: Timestamp, in zone: TimeZone) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
        return calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    }

    private static func day(_ parts: DateComponents) -> String {
        let month = parts.month.map { months[$0 - 1] } ?? ""
        return "\(parts.day ?? 0) \(month) \(parts.year ?? 0)"
    }

    private static func twoDigits(_ number: Int?) -> String {
        let number = number ?? 0
        return (number < 10 ? "0" : "") + String(number)
    }
}
