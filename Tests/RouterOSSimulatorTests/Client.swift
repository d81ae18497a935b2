import RouterOS
import RouterOSSimulator
import Shared

/// A router with one logged-in session, and short words to talk to it.
struct Client {
    static let start = Timestamp(seconds: 1_790_000_000)

    let router: RouterOSSimulator
    let session: SessionID

    init(
        version: RouterOSVersion = "7.20",
        policies: Set<APIUser.Policy> = Set(APIUser.Policy.allCases),
        _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = SimulatorConfiguration(
            version: version,
            users: [APIUser(name: "fichas", password: Secret("secret"), policies: policies)],
            userProfiles: ["1h", "1d"]
        )
        change(&configuration)
        router = RouterOSSimulator(configuration: configuration, start: Client.start)
        session = try router.openSession(loggedInAs: "fichas").orThrow()
    }

    /// The replies as lists of texts.
    @discardableResult
    func send(_ words: String...) -> [[String]] {
        router.execute(Sentence(words.map { Word($0) }), session: session).replies.map { $0.words.map(\.text) }
    }

    /// The rows of a print, by property.
    func rows(_ path: String, _ words: String...) -> [[String: String]] {
        let sentence = Sentence(([path + "/print"] + words).map { Word($0) })
        return router.execute(sentence, session: session).replies.filter { $0.words[0] == "!re" }.map { reply in
            Dictionary(reply.attributes.map { ($0.name, $0.value.text) }) { $1 }
        }
    }

    /// The message of the `!trap`, nil when there is none.
    func trap(_ words: String...) -> String? {
        router.execute(Sentence(words.map { Word($0) }), session: session).replies
            .first { $0.words[0] == "!trap" }?.attribute("message")?.text
    }

    /// Adds a user and returns its identifier.
    @discardableResult
    func addUser(_ name: String, _ words: String...) -> String {
        let sentence = ["/ip/hotspot/user/add", "=name=\(name)", "=password=\(name)"] + words
        let replies = router.execute(Sentence(sentence.map { Word($0) }), session: session).replies
        return replies.last?.attribute("ret")?.text ?? "refused: \(replies)"
    }

    /// Logs a phone in by the API; nil is success, else the trap.
    func logIn(_ user: String, _ ip: String, _ words: String...) -> String? {
        let sentence = ["/ip/hotspot/active/login", "=user=\(user)", "=password=\(user)", "=ip=\(ip)"] + words
        return router.execute(Sentence(sentence.map { Word($0) }), session: session).replies
            .first { $0.words[0] == "!trap" }?.attribute("message")?.text
    }

    func phone(_ last: Int, ip: String? = nil, to: String? = nil) throws -> Phone {
        Phone(
            mac: try MACAddress("AA:00:00:00:00:\(last < 10 ? "0" : "")\(last)").orThrow(),
            ip: try IPv4Address(ip ?? "10.5.50.\(last)").orThrow(),
            toAddress: try to.map { try IPv4Address($0).orThrow() }
        )
    }
}

struct Missing: Error {}

extension Optional {
    func orThrow() throws -> Wrapped {
        guard let self else { throw Missing() }
        return self
    }
}
