import Shared
import TestSupport
import Testing

/// *Ya tengo una ficha* with a real browser, the real box and the simulated router.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RedeemingTests {
    @Test func `a code bought elsewhere is typed as people type, and the phone is online`() async throws {
        try await RunningSite.run { site in
            let code = try await site.addFicha(seed: 1)
            try await Browser.run { browser in
                try await browser.open(site.url("/"))
                try await browser.tap(try await browser.control("Ya tengo una ficha"))
                try await browser.heading("Escribe tu ficha")
                try await browser.saveScreenshot("12-escribir-ficha")
                try await browser.type(code.grouped.replacing("0", with: "o"), into: "#code")
                try await browser.tap(try await browser.control("Conectarme"))
                try await browser.heading("Ya estás en línea")
                #expect(try await site.routerLedger().logins.map(\.user) == [code.digits])
                #expect(try await site.conektaLedger().orders.isEmpty)
            }
        }
    }

    @Test func `what is wrong with a code is said, and what was typed stays`() async throws {
        try await RunningSite.run { site in
            let code = try await site.addFicha(seed: 2)
            let wrong = String(code.digits.dropLast()) + (code.digits.last == "7" ? "8" : "7")
            var generator = SplitMix64(seed: 3)
            let unknown = FichaCode(using: &generator)
            try await Browser.run { browser in
                func type(_ text: String) async throws {
                    try await browser.open(site.url("/r/r1/ficha"))
                    try await browser.type(text, into: "#code")
                    try await browser.tap(try await browser.control("Conectarme"))
                }
                try await type(wrong)
                #expect(try await browser.text("#problem").contains("no forman una ficha"))
                #expect(try await browser.property("value", of: "#code") == wrong)
                try await browser.saveScreenshot("13-mal-escrita")
                try await type(unknown.digits)
                #expect(try await browser.text("#problem").contains("No encontramos"))
                // A phone that left is forgotten by its router after some minutes.
                try await site.router.delete("phones/\(RunningSite.phoneMACAddress)")
                try await site.router.post("clock/advance", ["seconds": 900])
                try await type(code.digits)
                #expect(try await browser.text("#problem").contains("No vemos tu teléfono"))
                #expect(try await site.routerLedger().logins.isEmpty)
            }
        }
    }
}

extension RunningSite {
    /// Puts a ficha on the router as a sale at the counter would.
    func addFicha(seed: UInt64) async throws -> FichaCode {
        var generator = SplitMix64(seed: seed)
        let code = FichaCode(using: &generator)
        try await router.post(
            "console",
            [
                "words": [
                    "/ip/hotspot/user/add", "=name=\(code.digits)", "=password=\(code.digits)", "=profile=1h",
                    "=limit-uptime=1h", "=comment=mostrador",
                ]
            ]
        )
        return code
    }
}
