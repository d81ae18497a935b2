/// What a check of a password found.
public enum PasswordVerdict: Sendable, Equatable {
    case wrong
    /// - Parameter isOutdated: It should be hashed anew, with the parameters of today.
    case right(isOutdated: Bool)
}
