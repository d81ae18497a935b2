import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

@Suite struct PortalValuesTests {
    @Test(arguments: [
        (60, "1 minuto"), (1_800, "30 minutos"), (3_600, "1 hora"), (5_400, "1 hora 30 minutos"), (86_400, "24 horas"),
        (129_600, "36 horas"), (172_800, "2 días"), (604_800, "7 días"), (2_592_000, "30 días"),
        (266_400, "3 días 2 horas"), (1, "1 minuto"),
    ])
    func `a ficha's time is said as people say it`(seconds: Int64, text: String) {
        #expect(DurationText.text(seconds: seconds) == text)
    }

    @Test func `a product says its time once`() throws {
        func details(_ name: String) throws -> String? {
            try PortalPagesTests.site(name: name).products.first.map { ProductView($0).details }
        }
        #expect(try details("Ficha de 1 hora") == "tiempo corrido")
        #expect(try details("Ratito") == "1 hora · tiempo corrido")
    }

    @Test func `an attempt is recognised by its shape and never equals a key of the API`() throws {
        var generator = SplitMix64(seed: 1)
        let attempt = AttemptID(using: &generator)
        #expect(AttemptID(attempt.text) == attempt)
        #expect(AttemptID("") == nil)
        #expect(AttemptID(attempt.text + "0") == nil)
        #expect(AttemptID(attempt.text.uppercased()) == nil)
        #expect(attempt.idempotencyKey.contains(" "))
    }

    @Test func `a telephone number becomes a link, other words do not`() throws {
        func telephone(_ contact: String) throws -> String? {
            try PortalIdentity(PortalPagesTests.site(name: contact), style: "").support?.telephone
        }
        #expect(try telephone("951 123 4567") == "9511234567")
        #expect(try telephone("+52 (951) 123-4567") == "+529511234567")
        #expect(try telephone("Pregunta por Chuy") == nil)
        #expect(try telephone("123") == nil)
    }
}
