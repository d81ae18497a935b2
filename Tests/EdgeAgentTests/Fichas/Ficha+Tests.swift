import Purchasing
import RouterOSSimulator
import Shared
import TestSupport

@testable import EdgeAgent

extension FichaMoment {
    static let noon = Timestamp(seconds: 1_800_000_000)

    /// That long after noon, on a clock that is right.
    static func noon(plus duration: Duration = .zero, quality: ClockQuality = .synced) -> FichaMoment {
        FichaMoment(time: noon + duration, wall: noon + duration, quality: quality)
    }
}

extension PurchasedProduct {
    static func ficha(
        seconds: Int64 = 3_600,
        clock: FichaClock = .corrido,
        dataLimitBytes: Int64? = nil
    ) -> PurchasedProduct {
        PurchasedProduct(
            id: 1,
            name: "1 hora",
            price: Money(cents: 1_500, currency: "MXN"),
            durationSeconds: seconds,
            clock: clock,
            mikrotikProfile: "1h",
            dataLimitBytes: dataLimitBytes
        )
    }
}

extension Ficha {
    /// A new one, minted at noon.
    static func forTests(
        _ product: PurchasedProduct = .ficha(),
        seed: UInt64 = 1,
        batchID: String? = nil,
        sellBy: Timestamp? = nil
    ) -> Ficha {
        var generator = SplitMix64(seed: seed)
        return mint(
            FichaCode(using: &generator),
            comment: RouterComment(using: &generator),
            product: product,
            routerID: "r1",
            batchID: batchID,
            sellBy: sellBy,
            at: .noon()
        )
    }

    /// One that was sold at noon.
    static func sold(_ product: PurchasedProduct = .ficha(), seed: UInt64 = 1) throws -> Ficha {
        var ficha = forTests(product, seed: seed)
        try ficha.sell(at: .noon())
        return ficha
    }
}

extension MACAddress {
    /// The phones of tests.
    static func phone(_ number: UInt8) -> MACAddress {
        guard let address = MACAddress("02:00:00:00:00:0\(number)") else { preconditionFailure("not a digit") }
        return address
    }
}

extension Phone {
    /// The phones of tests, each at an address of its own.
    static func number(_ number: UInt8, at last: UInt8 = 20) -> Phone {
        guard let address = IPv4Address("10.5.50.\(last)") else { preconditionFailure("not an address") }
        return Phone(mac: .phone(number), ip: address)
    }
}

extension RouterCounters {
    static func of(ended: Int64 = 0, session: Int64 = 0, bytes: Int64 = 0) -> RouterCounters {
        RouterCounters(ended: .seconds(ended), session: .seconds(session), endedBytes: 0, sessionBytes: bytes)
    }
}
