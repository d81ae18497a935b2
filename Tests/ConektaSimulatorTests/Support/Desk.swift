import ConektaSimulator
import Foundation
import Shared

/// A client at the simulator's counter: a core with a clock of its own and the shortest way to call it.
final class Desk: Sendable {
    let core: ConektaCore

    /// 2026-11-22T16:10:09Z.
    static let start = Timestamp(seconds: 1_795_363_809)

    init(seed: UInt64 = 1, account: ConektaAccount = ConektaAccount()) {
        core = ConektaCore(account: account, seed: seed, clock: WallClock { Self.start })
    }

    struct Answer {
        let status: Int
        let json: JSONValue

        /// The code of the first detail of an error.
        var code: String? { json["details"]?[0]?["code"]?.text.map { String($0.dropFirst("conekta.errors.".count)) } }
        var firstCharge: JSONValue? { json["charges"]?["data"]?[0] }
    }

    /// Calls the API as our box does. Fails the test when no whole answer comes.
    func call(_ method: String, _ target: String, _ body: JSONValue? = nil, headers: [String: String] = [:]) -> Answer?
    {
        core.handle(request(method, target, body, headers: headers)).answer.flatMap { response in
            response.json.map { Answer(status: response.status, json: $0) }
        }
    }

    func request(
        _ method: String,
        _ target: String,
        _ body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) -> ConektaRequest {
        let key = target.hasPrefix("/tokens") ? core.account.publicKey : core.account.privateKey.reveal()
        var all = [
            "Accept": "application/vnd.conekta-v2.3.0+json", "Authorization": "Bearer \(key)",
            "Content-Type": "application/json",
        ]
        all.merge(headers) { $1 }
        return ConektaRequest(method: method, target: target, headers: all, body: body?.data ?? Data())
    }

    static func orderBody(
        cents: Int64 = 5_000,
        token: String? = nil,
        extra: [String: JSONValue] = [:]
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "currency": "MXN",
            "customer_info": ["name": "Ana Perez", "email": "ana@example.mx", "phone": "+525522997233"],
            "line_items": [["name": "WiFi 24h", "unit_price": .integer(cents), "quantity": 1, "sku": "wifi-24h"]],
            "metadata": ["purchase_id": "p-1"],
        ]
        if let token { members["charges"] = [chargeBody(token)] }
        members.merge(extra) { $1 }
        return .object(members)
    }

    static func chargeBody(_ token: String, cents: Int64? = nil, reference: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["payment_method": ["type": "card", "token_id": .string(token)]]
        if let cents { members["amount"] = .integer(cents) }
        if let reference { members["reference_id"] = .string(reference) }
        return .object(members)
    }

    /// Opens an order that moves no money yet.
    func openOrder(cents: Int64 = 5_000, extra: [String: JSONValue] = [:]) throws -> String {
        try required(call("POST", "/orders", Self.orderBody(cents: cents, extra: extra))?.json["id"]?.text)
    }

    func charge(_ orderID: String, _ token: String) -> Answer? {
        call("POST", "/orders/\(orderID)/charges", Self.chargeBody(token))
    }

    /// An order of 50.00 that is paid.
    func paidOrder() throws -> String {
        let orderID = try openOrder()
        guard charge(orderID, core.makeToken(outcome: .approved))?.status == 200 else { throw Missing() }
        return orderID
    }

    func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }

    struct Missing: Error {}
}
