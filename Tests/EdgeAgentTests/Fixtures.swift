import Conekta
import Foundation
import Logging
import Outbound
import Shared

@testable import EdgeAgent

extension SiteSnapshot {
    /// Two that are sold and one that is not any more.
    private static let products = #"""
        {"id":2,"name":"24 horas","price_cents":3000,"duration_seconds":86400,"clock":"corrido",
         "mikrotik_profile":"24h","position":2,"featured":true,"active":true,"details":{"velocidad":"5M"}},
        {"id":1,"name":"1 hora","price_cents":1500,"duration_seconds":3600,"clock":"corrido",
         "mikrotik_profile":"1h","position":1,"featured":false,"active":true},
        {"id":3,"name":"retirada","price_cents":9900,"duration_seconds":3600,"clock":"pausado",
         "mikrotik_profile":"1h","position":0,"featured":false,"active":false}
        """#

    /// A site with one router and two products, as JSON would give it.
    static func forTests(
        routerPort: Int = 8728,
        apiKey: String = "jwt_prueba",
        withProducts: Bool = true,
        cashiers: [String] = [],
        conekta: (publicKey: String, privateKey: String)? = ("key_publica_de_prueba_01", "key_privada_de_prueba_01")
    ) throws -> SiteSnapshot {
        let keys =
            conekta.map { #""conekta":{"public_key":"\#($0.publicKey)","private_key":"\#($0.privateKey)"},"# } ?? ""
        let json = #"""
            {"format_version":1,"snapshot_version":1,"issued_at":"2026-11-22T00:00:00Z",
             "empresa":{"id":"emp_1","name":"WiFi Ejemplo","support_contact":"55 1234 5678"},
             "site":{"id":"site_1","name":"Tienda Centro","time_zone":"America/Mexico_City"},
             \#(keys)
             "routers":[{"id":"r1","name":"hAP centro",
               "api":{"host":"127.0.0.1","port":\#(routerPort),"username":"fichas","password":"secreto"},
               "api_keys":[{"id":"k1","sha256":"\#(SHA256Digest(of: apiKey).hexadecimal)",
                 "expires_at":"2030-01-01T00:00:00Z"}]}],
             "products":[\#(withProducts ? products : "")],"cashiers":[\#(cashiers.joined(separator: ","))]}
            """#
        return try SiteSnapshot(json: Data(json.utf8))
    }
}

extension SiteSnapshot.Router {
    static func forTests() -> SiteSnapshot.Router {
        guard let router = try? SiteSnapshot.forTests().routers.first else {
            preconditionFailure("the fixture is wrong")
        }
        return router
    }
}

extension SiteSnapshot.Product {
    static func forTests(priceCents: Int64 = 1_500, profile: String = "1h") -> SiteSnapshot.Product {
        let json = #"""
            {"id":1,"name":"1 hora","price_cents":\#(priceCents),"duration_seconds":3600,"clock":"corrido",
             "mikrotik_profile":"\#(profile)","position":1,"featured":false,"active":true}
            """#
        guard let product = try? JSONDecoder().decode(SiteSnapshot.Product.self, from: Data(json.utf8)) else {
            preconditionFailure("the fixture is wrong")
        }
        return product
    }
}

extension PurchaseIntent {
    init(
        router: SiteSnapshot.Router,
        product: SiteSnapshot.Product,
        cardToken: Secret<String>,
        idempotencyKey: String? = nil,
        name: String = "Ana Pérez"
    ) throws {
        let order = PurchaseDesk.Order(
            router: router,
            productID: product.id,
            buyer: try CheckedBuyer(cardToken: cardToken, name: name, email: "ana@example.mx"),
            sourceAddress: "10.5.50.2",
            claimedMACAddress: nil,
            connects: false,
            idempotencyKey: idempotencyKey,
            joinsOpenPurchase: false
        )
        self.init(order, product: product, seenMACAddress: nil)
    }

    /// Another request with the same key, be it the buyer's own or the token's.
    func withAnotherName() throws -> PurchaseIntent {
        let key = fingerprint.idempotencyKey.flatMap {
            $0.hasPrefix("key:") ? String($0.split(separator: ":")[2]) : nil
        }
        return try PurchaseIntent(
            router: .forTests(),
            product: product,
            cardToken: cardToken,
            idempotencyKey: key,
            name: "Luis Gómez"
        )
    }
}

extension SiteInForce {
    /// A document in force, without Conekta behind it.
    static func forTests(_ snapshot: SiteSnapshot, fleet: RouterFleet) throws -> SiteInForce {
        let accounts = ConektaAccounts { _ in .unreachable }
        return try SiteInForce(snapshot, fleet: fleet, accounts: accounts, makePages: PortalPages.forTests)
    }
}

extension ConektaAccounts {
    /// One account for every purchase.
    static func only(_ client: ConektaClient) -> ConektaAccounts {
        let accounts = ConektaAccounts { _ in client }
        accounts.replaceKeys(with: try? SiteSnapshot.forTests().conekta)
        return accounts
    }
}

extension ConektaClient {
    /// At the end of a line that is cut.
    static var unreachable: ConektaClient {
        struct NoLine: OutboundTransport {
            func send(_ request: OutboundRequest) async -> OutboundOutcome { .notSent(.cancelled) }
        }
        return ConektaClient(
            configuration: ConektaConfiguration(privateKey: Secret("key_privada")),
            outbound: NoLine(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}
