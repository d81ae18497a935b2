public import Shared

/// How one condition stands, as `GET /healthz` and the administration page show it.
public struct HealthReport: Encodable, Hashable, Sendable {
    public let code: String
    public let title: String
    public let severity: HealthCondition.Severity
    public let ok: Bool
    /// What is wrong, in Spanish; nil while it is ok.
    public let why: String?
    /// Since when it has been ok, or not ok.
    public let since: Timestamp
}
