import FoundationEssentials
import Outbound

/// An outcome read by Conekta's rules: what is certain, and what is not (reference `reliability.md` §1.2).
enum ConektaReply {
    case accepted(status: Int, body: Data)
    case refused(ConektaRejection, order: ConektaOrder?)
    case notSent(TransportFailure)
    case unknown(ConektaDoubt)

    init(_ outcome: OutboundOutcome) {
        switch outcome {
        case .notSent(let failure): self = .notSent(failure)
        case .outcomeUnknown(let failure): self = .unknown(.transport(failure))
        case .answered(let response): self.init(response)
        }
    }

    private init(_ response: OutboundResponse) {
        let status = response.status
        let body = Data(response.body)
        switch status {
        case 200..<300: self = .accepted(status: status, body: body)
        case 408: self = .unknown(.status(status))
        case 400..<500:
            let decoded = try? JSONDecoder().decode(WireError.self, from: body)
            let error = decoded?.isConektas == true ? decoded : nil
            let rejection = ConektaRejection(kind: .init(status: status), code: error?.code, logID: error?.logID)
            // What a 402 says is all in its body; and any 4xx means something only when it is Conekta's own, not the
            // page of something that stands before it.
            if error == nil || (rejection.kind == .processing && error?.code == nil) {
                self = .unknown(.unreadable(status: status))
            } else {
                self = .refused(rejection, order: error?.order)
            }
        default: self = .unknown(.status(status))
        }
    }

    /// Whether a call that only reads may be tried again at once.
    var isWorthAnotherTry: Bool {
        switch self {
        case .accepted: false
        case .refused(let rejection, _): rejection.kind == .tooManyRequests
        case .notSent(let failure), .unknown(.transport(let failure)):
            failure != .cancelled && failure != .shuttingDown && failure != .invalidRequest
        case .unknown: true
        }
    }

    /// Whether Conekta knows the key the call was made with; nil when it did not say. It looks at the key before anything
    /// else, so that any other no of its own says that the key is good.
    var knowsKey: Bool? {
        switch self {
        case .accepted: true
        case .refused(let rejection, _):
            switch rejection.kind {
            case .authentication: false
            case .tooManyRequests: nil
            default: true
            }
        case .notSent, .unknown: nil
        }
    }

    /// For the log: what happened, without a word of what was sent or received.
    var summary: String {
        switch self {
        case .accepted(let status, _): "accepted \(status)"
        case .refused(let rejection, _): "refused \(rejection.kind)"
        case .notSent(let failure): "not sent: \(failure)"
        case .unknown(let doubt): "unknown: \(doubt)"
        }
    }
}
