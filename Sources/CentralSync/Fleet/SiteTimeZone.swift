import Foundation
import Synchronization

/// The time zone of a site, by whose days its sales are counted.
enum SiteTimeZone {
    private static let known = Mutex<[String: TimeZone]>([:])

    /// Falls back to UTC for a name the system does not know; the site's form takes no such name.
    static func of(_ box: Box, in session: any SQLSession) throws -> TimeZone {
        let name = try session.first(
            "SELECT time_zone FROM site WHERE empresa_id = $1 AND site_id = $2",
            [.text(box.empresaID), .text(box.siteID)]
        )?.text("time_zone")
        return named(name ?? "UTC")
    }

    /// Reading a zone's rules costs a file; the names are few.
    static func named(_ name: String) -> TimeZone {
        known.withLock { known in
            if let zone = known[name] { return zone }
            let zone = TimeZone(identifier: name) ?? .gmt
            known[name] = zone
            return zone
        }
    }
}
