import Shared

/// A new password for somebody.
struct PasswordChange: Sendable {
    let hash: PasswordHash
    /// It was chosen by another person.
    let mustChange: Bool
    /// When it stops working, if it is a temporary one.
    let expiresAt: Timestamp?
    let at: Timestamp
}
