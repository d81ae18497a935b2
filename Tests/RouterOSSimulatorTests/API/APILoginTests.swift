import RouterOS
import Shared
import Testing

@testable import RouterOSSimulator

/// Logging in to the API (reference `routeros.md` §1.6).
@Suite struct APILoginTests {
    private static let wrong = [["!trap", "=message=invalid user name or password (6)"], ["!done"]]

    private func router(_ version: RouterOSVersion, policies: Set<APIUser.Policy> = [.api]) -> RouterOSSimulator {
        RouterOSSimulator(
            configuration: SimulatorConfiguration(
                version: version,
                users: [APIUser(name: "fichas", password: Secret("secret"), policies: policies)]
            ),
            start: Client.start
        )
    }

    private func send(_ router: RouterOSSimulator, _ session: SessionID, _ words: String...) -> [[String]] {
        router.execute(Sentence(words.map { Word($0) }), session: session).replies.map { $0.words.map(\.text) }
    }

    @Test func aNameAndPasswordAreEnoughSince6451() throws {
        let router = router("7.20")
        let session = try router.openSession().orThrow()
        #expect(send(router, session, "/login", "=name=fichas", "=password=no") == Self.wrong)
        #expect(send(router, session, "/login", "=name=nobody", "=password=secret") == Self.wrong)
        #expect(send(router, session, "/login") == Self.wrong)
        #expect(send(router, session, "/login", "=name=fichas", "=password=secret", ".tag=7") == [["!done", ".tag=7"]])
        #expect(router.ledger.apiLogins == 1)
        #expect(router.ledger.apiLoginsRefused == 3)
    }

    @Test func nothingElseIsPossibleBefore() throws {
        let router = router("7.20")
        let session = try router.openSession().orThrow()
        let execution = router.execute(["/system/resource/print", ".tag=1"], session: session)
        #expect(execution.replies == [["!fatal", "not logged in"]])
        #expect(execution.ending == .closes)
        #expect(router.execute(["/login"], session: session).ending == .closes, "the connection is over")
    }

    @Test func anAccountWithoutTheAPIPolicyLooksLikeAWrongPassword() throws {
        let router = router("7.20", policies: [.read, .write])
        let session = try router.openSession().orThrow()
        #expect(send(router, session, "/login", "=name=fichas", "=password=secret") == Self.wrong)
    }

    @Test func oldRoutersSendAChallengeWhateverTheyAreTold() throws {
        let router = router("6.42.12")
        let session = try router.openSession().orThrow()
        let first = send(router, session, "/login", "=name=fichas", "=password=secret")
        let text = try #require(first.first?.last)
        #expect(first.count == 1 && text.hasPrefix("=ret="))
        let challenge = try #require(bytes(String(text.dropFirst(5))))
        #expect(challenge.count == 16)
        let bad = send(router, session, "/login", "=name=fichas", "=response=00112233")
        #expect(bad == [["!trap", "=message=cannot log in"], ["!done"]])
        let good = RouterState.response(to: challenge, password: "secret")
        #expect(send(router, session, "/login", "=name=fichas", "=response=\(good)") == [["!done"]])
    }

    @Test func versionsInBetweenTakeBoth() throws {
        let router = router("6.44")
        let plain = try router.openSession().orThrow()
        #expect(send(router, plain, "/login", "=name=fichas", "=password=secret") == [["!done"]])
        let old = try router.openSession().orThrow()
        let text = try #require(send(router, old, "/login").first?.last)
        let challenge = try #require(bytes(String(text.dropFirst(5))))
        let response = RouterState.response(to: challenge, password: "secret")
        #expect(send(router, old, "/login", "=name=fichas", "=response=\(response)") == [["!done"]])
    }

    /// MikroTik's own worked examples, and one two other libraries agree on.
    @Test(arguments: [
        ("", "856780b7411eefd3abadee2058c149a3", "005062f7a5ef124d34675bf3e81f56c556"),
        ("", "93b438ec9b80057c06dd9fe67d56aa9a", "00e134102a9d330dd7b1849fedfea3cb57"),
        ("secret", "856780b7411eefd3abadee2058c149a3", "009622e621f0892961a28bcf7a0cea13e4"),
    ])
    func theResponseIsTheDocumentedOne(password: String, challenge: String, response: String) throws {
        #expect(RouterState.response(to: try #require(bytes(challenge)), password: password) == response)
    }

    @Test func sessionsAreCounted() throws {
        let router = router("7.20")
        router.setMaxSessions(2)
        let first = try router.openSession().orThrow()
        #expect(router.openSession() != nil)
        #expect(router.openSession() == nil)
        router.closeSession(first)
        #expect(router.openSession() != nil)
        #expect(router.ledger.connections == 3)
        #expect(router.ledger.connectionsRefused == 1)
    }

    @Test func quitSaysGoodbye() throws {
        let client = try Client()
        let execution = client.router.execute(["/quit"], session: client.session)
        #expect(execution.replies == [["!fatal", "session terminated on request"]])
        #expect(execution.ending == .closes)
    }

    private func bytes(_ hex: String) -> [UInt8]? {
        let digits = hex.compactMap(\.hexDigitValue)
        guard digits.count == hex.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
