import FoundationEssentials
import Shared

/// How a box stands, as the centre knows it.
struct BoxState: Sendable {
    let box: Box
    let siteName: String
    let enrolledAt: Timestamp
    let lastSeenAt: Timestamp
    /// Of the box's clock against ours; positive when it is ahead. Nil before the first poll.
    let clockSkewMilliseconds: Int64?
    let epoch: Int64
    /// The number of the last event that is here.
    let acknowledgedSeq: Int64
    let appliedVersion: Int64
    /// Of the site's document.
    let snapshotVersion: Int64
    /// Why the box does not take that document.
    let refusal: String?
    /// What the box says about itself; nil before the first poll.
    let report: BoxReport?
    let isForked: Bool
    let forkCount: Int64
    let quarantineCount: Int64

    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow) throws {
        box = Box(
            empresaID: try row.text("empresa_id"),
            siteID: try row.text("site_id"),
            boxID: try row.text("box_id"),
            isBlocked: try row.bool("is_blocked")
        )
        siteName = try row.text("site_name")
        enrolledAt = Timestamp(milliseconds: try row.integer("enrolled_at_ms"))
        lastSeenAt = Timestamp(milliseconds: try row.integer("last_seen_at_ms"))
        clockSkewMilliseconds = try row.optionalInteger("clock_skew_ms")
        epoch = try row.integer("last_epoch")
        acknowledgedSeq = try row.integer("acked_seq")
        appliedVersion = try row.integer("applied_version")
        snapshotVersion = try row.integer("snapshot_version")
        refusal = try row.optionalText("refusal")
        // One of a later version may not be readable here; the rest is.
        report = try row.optionalText("report").flatMap { text in
            try? JSONDecoder().decode(BoxReport.self, from: Data(text.utf8))
        }
        isForked = try row.bool("is_forked")
        forkCount = try row.integer("fork_count")
        quarantineCount = try row.integer("quarantine_count")
    }
}
