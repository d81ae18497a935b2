/// Conekta's definite no: nothing was done.
public struct ConektaRejection: Hashable, Sendable {
    /// What kind of no, by HTTP status (reference `conekta.md` §9).
    public enum Kind: Hashable, Sendable {
        /// 400.
        case malformed
        /// 401: the key is missing or not known.
        case authentication
        /// 402: the payment was refused.
        case processing
        /// 403.
        case forbidden
        /// 404: no such order for this key.
        case notFound
        /// 409.
        case conflict
        /// 422: a value is not acceptable.
        case invalidParameter
        /// 428: not in the state the order is in.
        case precondition
        /// 429.
        case tooManyRequests
        /// Another 4xx with Conekta's error body.
        case other(status: Int)

        init(status: Int) {
            switch status {
            case 400: self = .malformed
            case 401: self = .authentication
            case 402: self = .processing
            case 403: self = .forbidden
            case 404: self = .notFound
            case 409: self = .conflict
            case 422: self = .invalidParameter
            case 428: self = .precondition
            case 429: self = .tooManyRequests
            default: self = .other(status: status)
            }
        }
    }

    public let kind: Kind
    /// Conekta's code without the prefix `conekta.errors.`; nil when the body had none.
    public let code: String?
    /// Conekta's number for the call, which their support asks for.
    public let logID: String?

    /// True when the order already has a charge: somebody asked before us, and the order must be read again.
    public var orderHasCharge: Bool {
        code?.hasPrefix("precondition_required.combo.order.cannot_be_updated_because_has_charge") == true
    }
}
