import Logging
import RouterOS
import Shared
import Synchronization

/// Makes sure a returning phone is known again by its MAC cookie: both the server profile and the user profile must
/// allow it (reference `routeros.md` §4). Looked at once for each user profile and connection: a router that was reset
/// or exchanged has forgotten it.
final class MACCookieSetup: Sendable {
    private let hotspotServer: String?
    private let hotspot: Hotspot
    private let logger: Logger
    private let done = Mutex(Done())

    private struct Done {
        var connection = 0
        var profiles: Set<String> = []
    }

    /// - Parameter hotspotServer: The server we sell on; nil for all of the router's.
    init(hotspotServer: String?, hotspot: Hotspot, logger: Logger) {
        self.hotspotServer = hotspotServer
        self.hotspot = hotspot
        self.logger = logger
    }

    /// Switches MAC cookies on where they are off. A router that does not let us keeps the sale as it is: the phone
    /// then logs in by its code when it comes back.
    func ensure(profile: String) async {
        let connection = await hotspot.connectionNumber
        guard !isDone(profile, connection) else { return }
        do {
            try await allowInServerProfiles()
            try await allow(inUserProfile: profile)
            note(profile, connection)
        } catch {
            logger.warning(
                "MAC cookies could not be switched on",
                metadata: ["profile": "\(profile)", "error": "\(error)"]
            )
            // Not asked again at every sale of a router that says no; only where the router did not answer.
            if error.trapKind != nil { note(profile, connection) }
        }
    }

    private func isDone(_ profile: String, _ connection: Int) -> Bool {
        done.withLock { $0.connection == connection && $0.profiles.contains(profile) }
    }

    private func note(_ profile: String, _ connection: Int) {
        done.withLock { done in
            // Looked at on a connection that has ended meanwhile.
            guard connection >= done.connection else { return }
            if connection > done.connection { done = Done(connection: connection) }
            done.profiles.insert(profile)
        }
    }

    private func allowInServerProfiles() async throws(RouterOSError) {
        let servers = try await hotspot.servers().filter { server in
            hotspotServer.map { $0 == server.name } ?? true
        }
        let used = Set(servers.map(\.profile))
        for profile in try await hotspot.serverProfiles() where used.contains(profile.name) {
            guard !profile.loginBy.contains("mac-cookie") else { continue }
            try await hotspot.setServerProfile(id: profile.id, loginBy: profile.loginBy + ["mac-cookie"])
        }
    }

    private func allow(inUserProfile name: String) async throws(RouterOSError) {
        guard let profile = try await hotspot.userProfiles().first(where: { $0.name == name }), !profile.addsMACCookie
        else { return }
        try await hotspot.setUserProfile(id: profile.id, addsMACCookie: true)
    }
}
