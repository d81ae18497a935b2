/// Why the centre did not do what the box asked.
enum CentreFailure: Error, Equatable {
    /// No whole answer, or one that says "not now": to be asked again.
    case away(retryAfter: Duration?)
    /// It does not know this box, or no longer.
    case notAdmitted
    /// It said no, and will go on saying no.
    case refused(status: Int, code: String)
    /// It answered something that this version does not understand.
    case unintelligible
}
