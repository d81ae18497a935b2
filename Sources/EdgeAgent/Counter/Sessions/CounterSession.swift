import Shared

/// A cashier who is signed in at the counter.
struct CounterSession: Sendable {
    let cashier: SiteSnapshot.Cashier
    /// Stands in every form of this session: a form that somebody else's page sends does not know it.
    let formKey: String
    /// ``SlipOutlet/key``, where the cashier chose one.
    let outlet: String?
}
