import Logging
import Purchasing
import RouterOS
import ServerKit
import ServiceLifecycle
import Shared
import Synchronization

/// The routers of the site, each on one connection that stays.
final class RouterFleet: Service, PurchaseRouters {
    private let current: Mutex<[String: RouterLink]>
    private let visitors: VisitorMemory
    private let makeLink: @Sendable (SiteSnapshot.Router) -> RouterLink
    /// Links that nobody runs yet.
    private let begun: AsyncStream<RouterLink>
    private let begunContinuation: AsyncStream<RouterLink>.Continuation

    /// - Parameter now: Monotonic time.
    init(
        _ routers: [SiteSnapshot.Router] = [],
        wallClock: WallClock,
        logger: Logger,
        now: @escaping @Sendable () -> Duration = Monotonic.now
    ) {
        current = Mutex([:])
        visitors = VisitorMemory(now: now)
        makeLink = { RouterLink($0, wallClock: wallClock, logger: logger) }
        (begun, begunContinuation) = AsyncStream.makeStream()
        replaceRouters(with: routers)
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await link in begun {
                    group.addTask { await link.run() }
                }
            }
        } onGracefulShutdown: {
            self.begunContinuation.finish()
        }
    }

    /// Talks to these routers from now on. A router that is reached as before keeps its connection.
    func replaceRouters(with routers: [SiteSnapshot.Router]) {
        let (begun, ended) = current.withLock { links in
            var kept: [String: RouterLink] = [:]
            var begun: [RouterLink] = []
            for router in routers {
                if let link = links[router.id], link.serves(router) {
                    kept[router.id] = link
                } else {
                    let link = makeLink(router)
                    kept[router.id] = link
                    begun.append(link)
                }
            }
            let ended = links.filter { kept[$0.key]?.client !== $0.value.client }
            links = kept
            return (begun, ended)
        }
        for link in ended.values { link.stop() }
        for link in begun { begunContinuation.yield(link) }
    }

    private var links: [String: RouterLink] { current.withLock { $0 } }

    func link(_ routerID: String) -> RouterLink? { links[routerID] }

    /// The routers that answer now.
    @Sendable func connectedLines() async -> [FichaLine] {
        var lines: [FichaLine] = []
        for (_, link) in links.sorted(by: { $0.key < $1.key }) where await link.isConnected { lines.append(link.line) }
        return lines
    }

    /// How each router stands, by its id.
    func statuses() async -> [String: RouterOSStatus] {
        var statuses: [String: RouterOSStatus] = [:]
        for (id, link) in links { statuses[id] = await link.client.status }
        return statuses
    }

    /// The first router whose hotspot knows the address. The answer is remembered for some seconds: whoever asks for the
    /// page again and again does not keep the routers busy.
    func routerID(knowing address: String) async -> String? {
        if let answer = visitors.answer(about: address) { return answer.routerID }
        var someoneIsAway = false
        for (id, link) in links.sorted(by: { $0.key < $1.key }) {
            do {
                guard try await !link.hotspot.hosts(address: address).isEmpty else { continue }
                visitors.remember(address, isAt: id)
                return id
            } catch {
                someoneIsAway = true
            }
        }
        // A router that is away is not asked, so forgetting costs nothing, and it may know the address when it is back.
        if !someoneIsAway { visitors.remember(address, isAt: nil) }
        return nil
    }

    // MARK: PurchaseRouters

    func isConnected(_ routerID: String) async -> Bool {
        await links[routerID]?.isConnected ?? false
    }

    func macAddress(at sourceAddress: String?, routerID: String) async -> MACAddress? {
        guard let link = links[routerID] else { return nil }
        let device = BuyerDevice(sourceAddress: sourceAddress, claimedMACAddress: nil)
        return try? await link.connector.host(of: device)?.macAddress
    }

    func check(_ product: SiteSnapshot.Product, routerID: String) async -> ProvisioningFailure? {
        guard let link = links[routerID] else { return .refused }
        return await link.delivery.check(profile: product.mikrotikProfile)
    }

    func provision(_ code: FichaCode, for purchase: Purchase) async -> ProvisioningFailure? {
        guard let link = links[purchase.routerID] else { return .refused }
        return await link.delivery.provision(code, for: purchase)
    }

    func removeUser(_ code: FichaCode, of purchase: Purchase) async -> Bool {
        // A router that left the site cannot be asked; nothing of ours can be used there any more either.
        guard let link = links[purchase.routerID] else { return true }
        return await link.delivery.removeUser(code, of: purchase)
    }

    func users(at routerID: String) async -> RouterUsers {
        guard let link = links[routerID] else { return .gone }
        do {
            return .listed(try await link.hotspot.users())
        } catch {
            return .away
        }
    }
}
