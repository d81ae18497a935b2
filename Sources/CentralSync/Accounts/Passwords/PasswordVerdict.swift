/// What a check of a password found.
enum PasswordVerdict: Sendable, Equatable {
    case wrong
    /// - Parameter isOutdated: It should be hashed anew, with the parameters of today.
    case right(isOutdated: Bool)
}
