import Conekta
import Logging
import Outbound
import ServerKit
import Shared
import Synchronization

/// The site document the box sells by, with all that follows from it. A newer document takes its place whole, while people
/// buy: whoever began with the old one ends with it.
final class SiteInForce: Sendable {
    /// A document with all that is made from it, ready to come into force.
    struct Prepared: Sendable {
        let site: ActiveSite
        let pages: PortalPages
    }

    private let state: Mutex<Prepared>
    private let fleet: RouterFleet
    private let accounts: ConektaAccounts
    private let makePages: @Sendable (SiteSnapshot) throws -> PortalPages

    /// - Parameter makePages: Renders what is the same for everybody.
    /// - Throws: What rendering throws.
    init(
        _ snapshot: SiteSnapshot,
        fleet: RouterFleet,
        accounts: ConektaAccounts,
        makePages: @escaping @Sendable (SiteSnapshot) throws -> PortalPages
    ) throws {
        self.fleet = fleet
        self.accounts = accounts
        self.makePages = makePages
        let first = Prepared(site: try ActiveSite(snapshot), pages: try makePages(snapshot))
        state = Mutex(first)
        activate(first)
    }

    var site: ActiveSite { state.withLock { $0.site } }
    var pages: PortalPages { state.withLock { $0.pages } }

    /// Makes all that follows from a document, so that nothing can fail when it comes into force.
    ///
    /// - Throws: What rendering throws.
    func prepare(_ snapshot: SiteSnapshot) throws -> Prepared {
        Prepared(site: try ActiveSite(snapshot), pages: try makePages(snapshot))
    }

    /// Puts a document into force.
    func activate(_ next: Prepared) {
        fleet.replaceRouters(with: next.site.snapshot.routers)
        accounts.replaceKeys(with: next.site.snapshot.conekta)
        state.withLock { $0 = next }
    }
}
