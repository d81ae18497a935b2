import HTTPTypes
import Logging
import ServerKit
import Shared

/// Lets cashiers in by their PIN, with what the site document says and nothing else: the centre may be away.
struct CashierLogin: Sendable {
    static let refused = APIError(.unauthorized, code: "pin_wrong", message: "El PIN no es correcto.")

    let inForce: SiteInForce
    let sessions: CounterSessions
    let limits: CashierGuard
    /// Its queue is short: so many guesses that come all at once may pass the limits together, and no more.
    let hasher: PasswordHasher
    let logger: Logger

    /// - Returns: What the cookie holds.
    /// - Throws: `APIError` 401, 429, 503.
    func login(cashierID: String, pin: Secret<String>, from address: String) async throws -> Secret<String> {
        sessions.open(for: try await confirm(cashierID, pin: pin, from: address))
    }

    /// Asks for the PIN again, before what is signed with it.
    ///
    /// - Throws: `APIError` 401, 429, 503.
    @discardableResult
    func confirm(
        _ cashierID: String,
        pin: Secret<String>,
        from address: String
    ) async throws -> SiteSnapshot.Cashier {
        if let seconds = limits.wait(cashierID, from: address) {
            throw APIError.tooManyRequests(retryAfterSeconds: seconds)
        }
        let cashier = inForce.site.snapshot.cashier(cashierID)
        var isRight = false
        if let pin = CashierPIN(pin) {
            isRight = try await hasher.verify(pin.digits, against: cashier?.pinHash) != .wrong
        }
        // Hashing took a while, in which the document may have changed.
        guard isRight, let cashier, inForce.site.snapshot.cashier(cashierID)?.pinHash == cashier.pinHash else {
            limits.recordFailure(cashier?.id ?? "", from: address)
            let metadata: Logger.Metadata = ["cashier": "\(cashier?.id ?? "-")", "address": "\(address)"]
            logger.warning("a cashier's PIN was wrong", metadata: metadata)
            throw Self.refused
        }
        limits.recordSuccess(cashierID, from: address)
        return cashier
    }
}
