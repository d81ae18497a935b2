import Shared

/// An event of a box that is kept but counts nowhere.
struct BoxIncident: Encodable, Sendable, Equatable {
    let epoch: Int64
    let seq: Int64
    /// `fork`: another event stands under the number; else why it was not understood.
    let reason: String
    let noticedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case epoch, seq, reason
        case noticedAt = "noticed_at"
    }
}
