import Shared

/// A reseller whom a cashier deals with.
struct KnownReseller: Sendable, Equatable {
    let id: String
    let name: String
    /// As the site document has them; nil for somebody who takes no more fichas and may still owe for some.
    let inForce: SiteSnapshot.Reseller?
}
