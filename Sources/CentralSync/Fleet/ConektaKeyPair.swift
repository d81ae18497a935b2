import Shared

/// An empresa's keys at Conekta.
struct ConektaKeyPair: Sendable, Equatable {
    /// Goes into the buyers' pages.
    let publicKey: String
    let privateKey: Secret<String>
}
