import Purchasing
import RouterOS
import Shared

// A ficha's user on its router, made as it has to be and taken away. Either may be asked again after an answer was lost.
extension Hotspot {
    /// What came of putting a ficha's user on the router.
    enum Put: Equatable {
        /// It was not there; its counters begin at nothing.
        case made
        /// It was there, and is as it has to be now.
        case kept
        /// Somebody else's user has the name.
        case nameTaken
    }

    /// Makes sure that a ficha's user is there, with the time and the data that are left.
    ///
    /// The limits are a safety net for when the box is gone: the router counts its user's online time for ever, so what is
    /// left comes on top of what it counted (reference `routeros.md` §0.2, §6).
    ///
    /// - Throws: `RouterOSError`.
    func putFicha(_ ficha: Ficha, server: String?, at moment: FichaMoment) async throws(RouterOSError) -> Put {
        // In whole seconds, upwards: nobody knows what a router makes of a fraction.
        let timeLeft = Duration.seconds(max(1, (ficha.timeLeft(at: moment).wholeMilliseconds + 999) / 1_000))
        if ficha.isNewToRouter, try await makeUser(of: ficha, server: server, timeLeft: timeLeft) { return .made }
        guard let user = try await user(named: ficha.code.digits) else {
            // A name taken now was made by a request of ours that came late, or by somebody else: the next time tells.
            return try await makeUser(of: ficha, server: server, timeLeft: timeLeft) ? .made : .nameTaken
        }
        guard user.comment == ficha.comment.text else { return .nameTaken }
        let sessions = try await activeSessions(user: ficha.code.digits)
        let uptime = sessions.reduce(user.uptime) { $0 + $1.uptime }
        let bytes = sessions.reduce(user.bytesIn + user.bytesOut) { $0 + $1.bytesIn + $1.bytesOut }
        try await setUser(
            id: user.id,
            HotspotUser.Changes(
                profile: ficha.product.mikrotikProfile,
                limitUptime: uptime + timeLeft,
                limitBytes: ficha.bytesLeft.map { Int64(bytes) + max(1, $0) },
                devices: ficha.macAddress.map { .only($0) } ?? .any
            )
        )
        return .kept
    }

    /// - Returns: False when there is a user of that name.
    private func makeUser(
        of ficha: Ficha,
        server: String?,
        timeLeft: Duration
    ) async throws(RouterOSError) -> Bool {
        do {
            try await addUser(
                HotspotUser.New(
                    name: ficha.code.digits,
                    password: Secret(ficha.code.digits),
                    profile: ficha.product.mikrotikProfile,
                    server: server,
                    limitUptime: timeLeft,
                    limitBytes: ficha.bytesLeft.map { max(1, $0) },
                    macAddress: ficha.macAddress,
                    comment: ficha.comment.text
                )
            )
            return true
        } catch {
            guard error.trapKind == .alreadyHaveUser else { throw error }
            return false
        }
    }

    /// Makes sure that a ficha's user is not there, nor its sessions and cookies. Another's user of that name is left alone.
    ///
    /// - Throws: `RouterOSError`.
    func removeFicha(_ code: FichaCode, comment: RouterComment) async throws(RouterOSError) {
        if let user = try await user(named: code.digits) {
            guard user.comment == comment.text else { return }
            // The user first, so that neither a session nor a cookie can come back (reference `routeros.md` §0).
            try await removeUser(id: user.id)
        }
        // Also where the user is gone: the router may have been lost between that and these, last time.
        for session in try await activeSessions(user: code.digits) {
            try await removeActive(id: session.id)
        }
        for cookie in try await cookies(user: code.digits) {
            try await removeCookie(id: cookie.id)
        }
    }
}

extension Ficha {
    /// Whether its user is not likely to be on the router: sold, and nothing has become of it since. Then making it comes before
    /// looking for it.
    var isNewToRouter: Bool { state == .sold && macAddress == nil && extraTime == .zero }
}
