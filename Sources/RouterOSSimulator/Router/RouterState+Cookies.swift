import RouterOS
import Shared

/// When MAC cookies are written and when they go (reference `routeros.md` §4).
extension RouterState {
    /// The ways to log in that the server's profile allows.
    func loginMethods(_ server: String) -> [Substring] {
        let profile = row(.server, named: server)?.values["profile"]?.text ?? "default"
        return (row(.serverProfile, named: profile)?.values["login-by"]?.text ?? "").split(separator: ",")
    }

    /// Both profiles must ask for it, and the MAC must be one host's only.
    mutating func writeCookie(_ session: ActiveSession, _ password: Word) {
        let user = tables[.user]?[session.userID]
        let profile = row(.userProfile, named: user?.values["profile"]?.text ?? "default")
        guard profile?.values["add-mac-cookie"] == "true", loginMethods(session.server).contains("mac-cookie") else {
            return
        }
        guard hosts.count(where: { $0.phone.mac == session.phone.mac }) == 1 else { return }
        removeCookies { $0.mac == session.phone.mac }
        let cookie = Cookie(
            id: nextCookieID,
            user: session.user,
            password: password,
            mac: session.phone.mac,
            expiresAt: now + session.cookieTimeout
        )
        nextCookieID += 1
        cookies.append(cookie)
        announce(.cookie, cookie.itemID)
    }

    mutating func removeCookies(_ isMeant: (Cookie) -> Bool) {
        let gone = cookies.filter(isMeant)
        cookies.removeAll(where: isMeant)
        for cookie in gone { announce(.cookie, cookie.itemID, isGone: true) }
    }
}
