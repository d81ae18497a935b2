import FoundationEssentials
import Shared

/// The control port: what a test or a demo in another process does to the simulator. Paths are in `docs/simuladores.md`.
struct ControlAPI: Sendable {
    let core: ConektaCore

    /// A control request that cannot be carried out; the text tells the person who wrote it why.
    private struct Problem: Error {
        let status: Int
        let message: String
    }

    func answer(_ request: ConektaRequest) -> ConektaResponse {
        do {
            let body = request.body.isEmpty ? [:] : try JSONValue(parsing: request.body)
            return Self.response(200, try execute(request.method, request.path, body))
        } catch let problem as Problem {
            return Self.failure(problem.status, problem.message)
        } catch {
            return Self.failure(400, "El cuerpo no es JSON.")
        }
    }

    private func execute(_ method: String, _ path: [String], _ body: JSONValue) throws -> JSONValue {
        guard path.count == 2, path[0] == "_control" else { throw Problem(status: 404, message: "No existe.") }
        switch (method, path[1]) {
        case ("GET", "ledger"): return try ledger()
        case ("POST", "faults"): try script(body)
        case ("DELETE", "faults"): core.clearFaults()
        case ("PUT", "latency"):
            core.setLatency(try milliseconds(body, "latency_ms"), for: try endpoint(body))
        case ("POST", "clock"): core.advance(by: try milliseconds(body, "advance_ms"))
        case ("POST", "3ds"): try finishChallenge(body)
        case ("POST", "tokens"): return ["token": .string(try makeToken(body))]
        case ("POST", "reset"): core.reset()
        default: throw Problem(status: 404, message: "No existe.")
        }
        return ["ok": true]
    }

    private func ledger() throws -> JSONValue {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try JSONValue(parsing: try encoder.encode(core.snapshot))
    }

    private func finishChallenge(_ body: JSONValue) throws {
        guard let orderID = body["order_id"]?.text, let approved = body["approved"]?.bool else {
            throw Problem(status: 400, message: "Faltan order_id y approved.")
        }
        guard core.finishChallenge(orderID: orderID, approved: approved) else {
            throw Problem(status: 404, message: "La orden no espera confirmación 3DS.")
        }
    }

    private func makeToken(_ body: JSONValue) throws -> String {
        if let number = body["card_number"]?.text {
            guard let token = core.makeToken(cardNumber: number) else {
                throw Problem(status: 400, message: "card_number no es un número de tarjeta.")
            }
            return token
        }
        return core.makeToken(outcome: try outcome(body) ?? .approved)
    }

    // MARK: Faults

    private func script(_ body: JSONValue) throws {
        core.script(
            Fault(try execution(body), answer: try answer(body)),
            on: try endpoint(body),
            orderID: body["order_id"]?.text,
            skipping: Int(clamping: body["skip"]?.integer ?? 0),
            times: Int(clamping: body["times"]?.integer ?? 1)
        )
    }

    private func execution(_ body: JSONValue) throws -> Fault.Execution {
        switch body["execution"]?.text ?? "once" {
        case "once": return .once
        case "never": return .never
        case "twice": return .twice
        case "late": return .late(after: try milliseconds(body, "delay_ms"))
        case "other_amount":
            guard let cents = body["amount_cents"]?.integer, cents > 0 else {
                throw Problem(status: 400, message: "Falta amount_cents.")
            }
            return .otherAmount(cents: cents)
        case "outcome":
            guard let outcome = try outcome(body) else { throw Problem(status: 400, message: "Falta outcome.") }
            return .outcome(outcome)
        default: throw Problem(status: 400, message: "execution no se conoce.")
        }
    }

    private func answer(_ body: JSONValue) throws -> Fault.Answer {
        let status = body["status"]?.integer
        guard status.map({ (400...599).contains($0) }) ?? true else {
            throw Problem(status: 400, message: "status es de 400 a 599.")
        }
        switch body["answer"]?.text ?? "whole" {
        case "whole": return .whole
        case "closed": return .closed
        case "silence": return .silence
        case "cut_body": return .cutBody
        case "error": return .error(status: Int(status ?? 500))
        case "html": return .html(status: Int(status ?? 502))
        case "other_currency": return .altered(.currency(try text(body, "currency")))
        case "other_charge_status": return .altered(.chargeStatus(try text(body, "charge_status")))
        case "foreign_order": return .altered(.foreignOrder)
        default: throw Problem(status: 400, message: "answer no se conoce.")
        }
    }

    // MARK: Reading

    private func outcome(_ body: JSONValue) throws -> CardOutcome? {
        guard let name = body["outcome"]?.text else { return nil }
        guard let outcome = CardOutcome(named: name) else {
            throw Problem(status: 400, message: "outcome no se conoce.")
        }
        return outcome
    }

    /// Nil for all endpoints.
    private func endpoint(_ body: JSONValue) throws -> Endpoint? {
        guard let name = body["endpoint"]?.text else { return nil }
        guard let endpoint = Endpoint(rawValue: name) else {
            throw Problem(status: 400, message: "endpoint no se conoce.")
        }
        return endpoint
    }

    private func text(_ body: JSONValue, _ name: String) throws -> String {
        guard let text = body[name]?.text else { throw Problem(status: 400, message: "Falta \(name).") }
        return text
    }

    private func milliseconds(_ body: JSONValue, _ name: String) throws -> Duration {
        guard let value = body[name]?.integer, (0...Self.longestMilliseconds).contains(value) else {
            throw Problem(status: 400, message: "\(name) son milisegundos, de 0 a \(Self.longestMilliseconds).")
        }
        return .milliseconds(value)
    }

    /// Ten years: more than any test needs, and far from the end of the number range.
    private static let longestMilliseconds: Int64 = 315_360_000_000

    private static func failure(_ status: Int, _ message: String) -> ConektaResponse {
        response(status, ["error": ["code": "control", "message": .string(message)]])
    }

    private static func response(_ status: Int, _ json: JSONValue) -> ConektaResponse {
        ConektaResponse(status: status, headers: ["content-type": "application/json"], body: json.data)
    }
}
