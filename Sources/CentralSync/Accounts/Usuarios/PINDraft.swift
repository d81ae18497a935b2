import ServerKit
import Shared

/// A new PIN, checked.
struct PINDraft: Decodable, Sendable {
    let pin: Secret<String>

    /// - Throws: `APIError` 422.
    func checked() throws(APIError) -> CashierPIN {
        let lengths = CashierPIN.lengths
        guard let pin = CashierPIN(pin) else {
            throw .invalidField("pin", "debe tener de \(lengths.lowerBound) a \(lengths.upperBound) números")
        }
        guard !pin.isObvious else { throw .invalidField("pin", "es demasiado fácil de adivinar") }
        return pin
    }
}
