import Foundation
import RouterOS
import RouterOSSimulator
import Shared
import TestSupport

@testable import EdgeAgent

extension PortalFixture {
    /// Puts a ficha on the router as a sale at the counter would.
    func addFicha(seed: UInt64, limit: String = "1d") -> FichaCode {
        var generator = SplitMix64(seed: seed)
        let code = FichaCode(using: &generator)
        router.console(
            Sentence([
                "/ip/hotspot/user/add", Word("=name=\(code.digits)"), Word("=password=\(code.digits)"), "=profile=1h",
                Word("=limit-uptime=\(limit)"), "=comment=mostrador",
            ])
        )
        return code
    }

    /// The phone comes back to the hotspot after it was away for long.
    func rejoin() throws {
        let phone = try Self.phone()
        router.leave(phone.mac)
        router.join(phone)
    }
}

extension SiteSnapshot {
    /// The site of the tests with a second router, `r2`, which is the same simulated one.
    static func withTwoRouters(_ port: Int) throws -> SiteSnapshot {
        func router(_ id: String) -> [String: Any] {
            [
                "id": id, "name": "Router \(id)", "api_keys": [Any](),
                "api": ["host": "127.0.0.1", "port": port, "username": "fichas", "password": "secreto"],
            ]
        }
        let json = try JSONSerialization.data(withJSONObject: [
            "format_version": 1, "snapshot_version": 1, "issued_at": "2026-11-22T00:00:00Z",
            "empresa": ["id": "e", "name": "WiFi Ejemplo"],
            "site": ["id": "s", "name": "Centro", "time_zone": "America/Mexico_City"],
            "conekta": ["public_key": "key_publica_de_prueba_01", "private_key": "key_privada_de_prueba_01"],
            "routers": [router("r1"), router("r2")],
            "products": [
                [
                    "id": 1, "name": "1 hora", "price_cents": 1_500, "duration_seconds": 3_600, "clock": "corrido",
                    "mikrotik_profile": "1h", "position": 1, "featured": false, "active": true,
                ] as [String: Any]
            ],
        ])
        return try SiteSnapshot(json: json)
    }
}
