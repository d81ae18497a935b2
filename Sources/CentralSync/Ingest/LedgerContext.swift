import Foundation
import Shared

/// What books of events share: whose they are and when.
struct LedgerContext {
    /// The columns of ``time(_:)``, after those of an event.
    static let timeColumns = ["at_ms", "time_is_estimated", "local_date", "received_at_ms"]

    let box: Box
    let timeZone: TimeZone
    let now: Timestamp
    /// Of the epoch.
    let openedAt: Timestamp
    let session: any SQLSession

    /// When it happened as far as the box's clock can be believed, on which day at the site, and when it came.
    func time(_ at: Timestamp) -> [SQLValue] {
        let time = BelievedTime(at, openedAt: openedAt, now: now)
        return [
            .integer(time.at.milliseconds), SQLValue(time.isEstimated),
            .text(BusinessDay(of: time.at, in: timeZone).date), .integer(now.milliseconds),
        ]
    }
}
