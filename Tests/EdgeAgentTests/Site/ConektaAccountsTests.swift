import Conekta
import Foundation
import Logging
import Outbound
import Purchasing
import Shared
import Synchronization
import Testing

@testable import EdgeAgent

/// Which keys a purchase is dealt with.
@Suite struct ConektaAccountsTests {
    /// Notes the key each request comes with, and answers nothing.
    private final class KeyLog: OutboundTransport {
        private let seen = Mutex<[String]>([])
        var keys: [String] { seen.withLock { $0 } }

        func send(_ request: OutboundRequest) async -> OutboundOutcome {
            let key = request.headers.first { $0.key.lowercased() == "authorization" }?.value.reveal() ?? ""
            seen.withLock { $0.append(key) }
            return .notSent(.cancelled)
        }
    }

    @Test func `a purchase stays with the keys it began with, the next has the new ones`() async throws {
        let log = KeyLog()
        let accounts = ConektaAccounts { keys in
            ConektaClient(
                configuration: ConektaConfiguration(privateKey: keys.privateKey),
                outbound: log,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        }
        var generator = SystemRandomNumberGenerator()
        let (old, new) = (PurchaseID(using: &generator), PurchaseID(using: &generator))
        let id = try #require(OrderID("ord_1"))
        #expect(accounts.begin(old) == nil)
        accounts.replaceKeys(with: try SiteSnapshot.forTests(conekta: ("key_a", "key_private_a")).conekta)
        _ = accounts.begin(old)
        accounts.replaceKeys(with: try SiteSnapshot.forTests(conekta: ("key_b", "key_private_b")).conekta)
        _ = accounts.begin(new)
        _ = await accounts.client(of: old)?.order(id: id)
        let before = log.keys
        #expect(!before.isEmpty && before.allSatisfy { $0.contains("key_private_a") })
        _ = await accounts.client(of: new)?.order(id: id)
        #expect(log.keys.dropFirst(before.count).allSatisfy { $0.contains("key_private_b") })
        accounts.replaceKeys(with: nil)
        #expect(accounts.begin(PurchaseID(using: &generator)) == nil, "no card is taken without keys")
        #expect(accounts.client(of: old) != nil, "what was charged can still be read and refunded")
    }
}
