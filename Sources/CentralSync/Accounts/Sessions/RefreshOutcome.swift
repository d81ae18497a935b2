/// What became of a refresh token that came.
enum RefreshOutcome: Sendable {
    /// It is spent; these are the session and the token for the next time.
    case renewed(SessionClaims, RefreshToken)
    /// No token of ours, or its session has ended.
    case refused
    /// It had been spent: it was stolen, from its owner or from the thief. The session has ended for both.
    case reused(SessionClaims)
}
