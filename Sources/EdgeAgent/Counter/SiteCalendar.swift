import Foundation
import Shared

/// Days and times as people at the site read them.
struct SiteCalendar: Sendable {
    /// Earlier than this no box was ever sold: its clock has not been set.
    static let firstBelievable = Timestamp(seconds: 1_767_225_600)

    /// What stands where the time would be.
    static let unknownDate = "fecha sin confirmar"

    private let calendar: Calendar

    init(_ site: SiteSnapshot) {
        var calendar = Calendar(identifier: .gregorian)
        // A checked document names a zone that exists.
        calendar.timeZone = TimeZone(identifier: site.site.timeZone) ?? .gmt
        self.calendar = calendar
    }

    /// Midnight before it.
    func startOfDay(_ time: Timestamp) -> Timestamp {
        Timestamp(calendar.startOfDay(for: Self.date(time)))
    }

    /// `14:05`.
    func clockText(_ time: Timestamp) -> String {
        let parts = calendar.dateComponents([.hour, .minute], from: Self.date(time))
        return Self.padded(parts.hour) + ":" + Self.padded(parts.minute)
    }

    /// `23/11/2026 14:05`; of a clock that nobody has set it says so.
    func text(_ time: Timestamp) -> String {
        guard time >= Self.firstBelievable else { return Self.unknownDate }
        let parts = calendar.dateComponents([.year, .month, .day], from: Self.date(time))
        return "\(Self.padded(parts.day))/\(Self.padded(parts.month))/\(parts.year ?? 0) \(clockText(time))"
    }

    private static func date(_ time: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
    }

    private static func padded(_ number: Int?) -> String {
        let text = String(number ?? 0)
        return text.count < 2 ? "0" + text : text
    }
}
