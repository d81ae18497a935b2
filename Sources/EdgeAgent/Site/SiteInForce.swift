import Conekta
import Logging
import Outbound
import ServerKit
import Shared
import Synchronization

/// The site document the box sells by, with all that follows from it. A newer document takes its place whole, while people
/// buy: whoever began with the old one ends with it.
final class SiteInForce: Sendable {
    private struct State: Sendable {
        let site: ActiveSite
        let pages: PortalPages
    }

    private let state: Mutex<State>
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
        state = Mutex(State(site: try ActiveSite(snapshot), pages: try makePages(snapshot)))
        fleet.replaceRouters(with: snapshot.routers)
        accounts.replaceKeys(with: snapshot.conekta)
    }

    var site: ActiveSite { state.withLock { $0.site } }
    var pages: PortalPages { state.withLock { $0.pages } }

    /// Puts a document into force.
    ///
    /// - Throws: What rendering throws; the old document then stays.
    func activate(_ snapshot: SiteSnapshot) throws {
        let next = State(site: try ActiveSite(snapshot), pages: try makePages(snapshot))
        fleet.replaceRouters(with: snapshot.routers)
        accounts.replaceKeys(with: snapshot.conekta)
        state.withLock { $0 = next }
    }
}
