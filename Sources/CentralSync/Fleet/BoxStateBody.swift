import Shared

/// A box as administrators see it. Members that are not known yet are left out.
struct BoxStateBody: Encodable, Sendable {
    let id: String
    let empresaID: String
    let siteID: String
    let siteName: String
    let enrolledAt: Timestamp
    let lastSeenAt: Timestamp
    let lastSeenSeconds: Int64
    let isAway: Bool
    let epoch: Int64
    let acknowledgedSeq: Int64
    let unsyncedEvents: Int64?
    let appliedVersion: Int64
    let snapshotVersion: Int64
    let refusal: String?
    let routers: [BoxReport.Router]?
    let clockSkewMilliseconds: Int64?
    let softwareVersion: String?
    let startedAt: Timestamp?
    let purchasesInDoubt: Int64?
    let purchasesForAttention: Int64?
    let isForked: Bool
    let forkCount: Int64
    let quarantineCount: Int64
    let isBlocked: Bool

    init(_ state: BoxState, now: Timestamp) {
        id = state.box.boxID
        empresaID = state.box.empresaID
        siteID = state.box.siteID
        siteName = state.siteName
        enrolledAt = state.enrolledAt
        lastSeenAt = state.lastSeenAt
        lastSeenSeconds = max(0, (now - state.lastSeenAt).components.seconds)
        isAway = now - state.lastSeenAt > Box.awayAfter
        epoch = state.epoch
        acknowledgedSeq = state.acknowledgedSeq
        unsyncedEvents = state.report?.unsyncedEvents
        appliedVersion = state.appliedVersion
        snapshotVersion = state.snapshotVersion
        refusal = state.refusal
        routers = state.report?.routers
        clockSkewMilliseconds = state.clockSkewMilliseconds
        softwareVersion = state.report?.softwareVersion
        startedAt = state.report?.startedAt
        purchasesInDoubt = state.report?.purchasesInDoubt
        purchasesForAttention = state.report?.purchasesForAttention
        isForked = state.isForked
        forkCount = state.forkCount
        quarantineCount = state.quarantineCount
        isBlocked = state.box.isBlocked
    }

    enum CodingKeys: String, CodingKey {
        case id, epoch, refusal, routers
        case empresaID = "empresa_id"
        case siteID = "site_id"
        case siteName = "site_name"
        case enrolledAt = "enrolled_at"
        case lastSeenAt = "last_seen_at"
        case lastSeenSeconds = "last_seen_seconds"
        case isAway = "is_away"
        case acknowledgedSeq = "acknowledged_seq"
        case unsyncedEvents = "unsynced_events"
        case appliedVersion = "applied_version"
        case snapshotVersion = "snapshot_version"
        case clockSkewMilliseconds = "clock_skew_ms"
        case softwareVersion = "software_version"
        case startedAt = "started_at"
        case purchasesInDoubt = "purchases_in_doubt"
        case purchasesForAttention = "purchases_for_attention"
        case isForked = "is_forked"
        case forkCount = "fork_count"
        case quarantineCount = "quarantine_count"
        case isBlocked = "is_blocked"
    }
}
