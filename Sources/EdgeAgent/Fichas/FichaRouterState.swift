/// What is to be done about a ficha's user on its router.
enum FichaRouterState: String, Sendable, CaseIterable {
    /// Nothing: there is none of ours, or it belongs to a purchase under way.
    case none
    /// It has to be there as the ficha says, and is not known to be.
    case toPut = "to_put"
    /// It is there.
    case present
    /// It has to go, with its sessions and cookies.
    case toRemove = "to_remove"
}
