/// A request Conekta refuses, with all that its error body says (reference `conekta.md` §9).
struct ConektaRejection: Error, Sendable {
    /// The class of the refusal: its HTTP status and the `type` in the body.
    enum Kind: Sendable {
        case malformed, authentication, processing, notFound, conflict, validation, precondition, rateLimited
        case system

        var status: Int {
            switch self {
            case .malformed: 400
            case .authentication: 401
            case .processing: 402
            case .notFound: 404
            case .conflict: 409
            case .validation: 422
            case .precondition: 428
            case .rateLimited: 429
            case .system: 500
            }
        }

        var type: String {
            switch self {
            case .malformed: "malformed_request_error"
            case .authentication: "authentication_error"
            case .processing: "processing_error"
            case .notFound: "resource_not_found_error"
            case .conflict: "conflict_error"
            case .validation: "parameter_validation_error"
            case .precondition: "precondition_required_error"
            // No recording of this one exists; the name follows the others.
            case .rateLimited: "rate_limit_error"
            case .system: "api_error"
            }
        }
    }

    var kind: Kind
    /// What comes after `conekta.errors.`.
    var code: String
    /// For the payer, in the language the request asked for.
    var message: Message
    /// The path of the parameter at fault, where there is one.
    var parameter: String?
    /// The order this request changed although it was refused: a declined charge is still created.
    var changedOrderID: String?

    /// A sentence in the two languages Conekta speaks.
    struct Message: Hashable, Sendable {
        var spanish: String
        var english: String
    }

    init(
        _ kind: Kind,
        _ code: String,
        es spanish: String,
        en english: String,
        parameter: String? = nil,
        changedOrderID: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = Message(spanish: spanish, english: english)
        self.parameter = parameter
        self.changedOrderID = changedOrderID
    }
}
