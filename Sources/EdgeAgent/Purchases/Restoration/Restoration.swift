import Shared

/// The box was put back from a backup, and has not found out yet what it sold by card since.
struct Restoration: Sendable, Equatable {
    /// When the backup's last facts were written; nil where no clock that can be believed says so.
    let since: Timestamp?
    /// All that Conekta has since then was gone through once: cards are taken again.
    let isSearched: Bool
    /// When it had been; nil where no clock that can be believed said so.
    var searchedAt: Timestamp?
}
