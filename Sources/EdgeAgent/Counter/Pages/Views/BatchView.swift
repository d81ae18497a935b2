import Shared

/// How far a batch has come, and what became of its fichas.
struct BatchView: Sendable {
    struct Sheet: Sendable {
        let number: Int
        let url: String
    }

    let frame: CounterFrame
    let line: BatchLineView
    let unsold: Int64
    let sold: Int64
    /// With resellers, and not used yet; nil for none.
    let consigned: Int64?
    let ended: Int64
    let sheets: [Sheet]
    let canHandOver: Bool
    /// The page looks again by itself until the batch is complete.
    let refreshSeconds: Int?

    init(
        _ batch: Batch,
        counts: [FichaState: Int64],
        consigned: Int64,
        sheets: Int,
        site: SiteSnapshot,
        frame: CounterFrame
    ) {
        self.frame = frame
        line = BatchLineView(batch, calendar: SiteCalendar(site))
        unsold = counts[.minted] ?? 0
        sold = (counts[.sold] ?? 0) + (counts[.active] ?? 0) - consigned
        self.consigned = consigned > 0 ? consigned : nil
        ended = (counts[.expired] ?? 0) + (counts[.voided] ?? 0) + (counts[.refunded] ?? 0)
        self.sheets =
            batch.isComplete ? (1...sheets).map { Sheet(number: $0, url: CounterPath.sheet(batch.id, $0)) } : []
        canHandOver = batch.isComplete && unsold > 0
        refreshSeconds = batch.isComplete ? nil : 2
    }
}
