import Foundation
import Purchasing
import Shared
import Testing

@testable import EdgeAgent

extension SlipIssuer {
    static func forTests(
        empresa: String = "WiFi Don Chuy",
        logo: Bitmap? = nil,
        lines: [String] = ["¡Gracias por tu compra!"],
        wifiName: String? = "Plaza San Juan"
    ) throws -> SlipIssuer {
        SlipIssuer(
            empresa: empresa,
            logo: logo,
            lines: lines,
            support: "951 123 4567",
            wifiName: wifiName,
            timeZone: try #require(TimeZone(identifier: "America/Mexico_City"))
        )
    }
}

extension Slip {
    /// 22 November 2026, 16:10 UTC: ten past ten in the morning in Mexico City.
    static let saleTime = Timestamp(milliseconds: 1_795_363_809_000)

    static func forTests(
        issuer: SlipIssuer? = nil,
        product: String = "24 horas",
        seconds: Int64 = 86_400,
        clock: FichaClock = .corrido,
        dataLimitBytes: Int64? = nil,
        origin: Origin = .sold(Sale(folio: 123, till: "1", cashier: "Ana Núñez", soldAt: saleTime)),
        redeemURL: String? = "http://10.5.50.2:8080/r/r1/ficha?code=4382719056",
        isReprint: Bool = false
    ) throws -> Slip {
        Slip(
            issuer: try issuer ?? .forTests(),
            code: try #require(FichaCode(digits: "4382719056")),
            product: PurchasedProduct(
                id: 1,
                name: product,
                price: Money(cents: 2_500),
                durationSeconds: seconds,
                clock: clock,
                mikrotikProfile: "24h",
                dataLimitBytes: dataLimitBytes
            ),
            origin: origin,
            redeemURL: redeemURL,
            isReprint: isReprint
        )
    }
}
