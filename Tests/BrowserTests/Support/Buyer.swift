import TestSupport
import Testing

/// A buyer with a phone: what they do on the portal, in one place for all tests.
struct Buyer {
    /// Conekta's test cards (reference `conekta.md` §7).
    enum Card {
        static let good = "4242424242424242"
        static let declined = "4000000000000002"
    }

    let browser: Browser
    let site: RunningSite

    /// From the price list to the card page of a product.
    func choose(_ name: String) async throws {
        try await browser.open(site.url("/"))
        try await browser.tap(try await browser.control(name))
        try await browser.heading("Pagar con tarjeta")
    }

    /// Fills in the card page; the button waits to be tapped.
    func fillIn(card: String) async throws {
        try await browser.type("María Hernández", into: "#customer_name")
        try await browser.type("maria@correo.mx", into: "#customer_email")
        try await browser.inside("#card iframe") {
            try await browser.type(card, into: "#number")
            try await browser.type("MARIA HERNANDEZ", into: "#name")
            try await browser.type("12/34", into: "#expiry")
            try await browser.type("123", into: "#cvc")
        }
    }

    func pay(card: String) async throws {
        try await fillIn(card: card)
        try await browser.tap(try await browser.element("#pay-button:not([disabled])"))
    }

    /// The code on the page, without its spaces.
    func code() async throws -> String {
        try await browser.heading("Esta es tu ficha")
        return try await browser.text(".code").filter(\.isNumber)
    }
}
