import Shared

/// What a look at the whole log found.
struct AuditVerification: Sendable, Equatable, Encodable {
    enum Problem: String, Sendable, Encodable {
        /// A row is missing before this one, or at the end.
        case missing
        /// The row does not follow the one before it: that one, or this one, was put there later.
        case unlinked
        /// The row is not what was written.
        case changed
    }

    /// How many rows are right, from the first on.
    let count: Int64
    /// The hash of the last right row, in hexadecimal. Whoever keeps it elsewhere sees later whether the log was made anew.
    let head: String
    let problem: Problem?
    /// The row that is wrong or missing.
    let problemSeq: Int64?

    var isOK: Bool { problem == nil }

    enum CodingKeys: String, CodingKey {
        case count, head, problem
        case isOK = "ok"
        case problemSeq = "problem_seq"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(isOK, forKey: .isOK)
        try members.encode(count, forKey: .count)
        try members.encode(head, forKey: .head)
        try members.encodeIfPresent(problem, forKey: .problem)
        try members.encodeIfPresent(problemSeq, forKey: .problemSeq)
    }
}
