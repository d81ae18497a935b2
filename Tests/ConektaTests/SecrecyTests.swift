import Conekta
import Shared
import TestSupport
import Testing

/// What travels stays out of the log, down to trace, and out of every description.
@Suite struct SecrecyTests {
    private static let secrets = ["key_private", "tok_2znSecret", "ana@example.mx", "Ana Pérez"]

    private static let decline = RawReply.http(
        402,
        Recorded.error(
            "processing_error",
            "processing.bank.insufficient_funds",
            data: Recorded.order(status: "", charges: Recorded.list([Recorded.charge("declined")]))
        )
    )

    @Test(arguments: [decline, .http(200, Recorded.charge("paid")), .sendThenReset(""), .http(500, "key_private")])
    func neitherKeyNorTokenNorPersonInTheLog(reply: RawReply) async throws {
        let conekta = try Harness { _ in reply }
        defer { conekta.server.stop() }
        let order = await conekta.createOrder()
        let charge = await conekta.charge()
        let refund = await conekta.client.refund(
            orderID: conekta.orderID,
            amount: Money(cents: 1),
            reason: .cannotBeFulfilled
        )
        // Two lines a call: the client's and the transport's.
        #expect(conekta.log.lines.count == 6)
        var results = ""
        dump([order, charge, refund] as [Any], to: &results)
        for text in conekta.log.lines + [results, "\(order) \(charge) \(refund)", "\(conekta.client)"] {
            for secret in Self.secrets { #expect(!text.contains(secret), "\(text)") }
        }
    }

    @Test func theLogSaysWhatConektasSupportAsksFor() async throws {
        let conekta = try Harness { _ in Self.decline }
        defer { conekta.server.stop() }
        _ = await conekta.charge()
        #expect(
            conekta.log.lines.contains(
                "info conekta answered code=processing.bank.insufficient_funds log_id=640751978bb237000129ebc5 "
                    + "operation=create charge order_id=\(Recorded.orderID) result=refused processing"
            )
        )
    }

    /// Whoever answers in Conekta's place must not write lines of their own into the log.
    @Test func textThatIsNoCodeStaysOut() async throws {
        let conekta = try Harness { _ in
            .http(
                422,
                "{\"object\":\"error\",\"log_id\":\"a\\nerror forged\",\"details\":[{\"code\":\"b\\nerror forged\"}]}"
            )
        }
        defer { conekta.server.stop() }
        guard case .rejected(let rejection) = await conekta.charge() else {
            Issue.record("not rejected")
            return
        }
        #expect(rejection.code == nil && rejection.logID == nil)
        #expect(!conekta.log.lines.contains { $0.contains("forged") })
    }
}
