import HTTPTypes
import Hummingbird
import NIOCore

extension APIError {
    /// What a client is told about any error: its own words when it is ours, otherwise no more than its status says.
    init(describing error: any Error) {
        switch error {
        case let error as APIError:
            self = error
        case let error as DecodingError:
            self.init(describing: error)
        case is NIOTooManyBytesError:
            self = .bodyTooLarge
        case let error as any HTTPResponseError:
            self.init(status: error.status)
        case is CancellationError:
            self.init(status: .serviceUnavailable)
        default:
            self = .internalError
        }
    }

    private init(status: HTTPResponse.Status) {
        switch status {
        case .badRequest:
            self.init(status, code: "bad_request", message: "La solicitud no es válida.")
        case .unauthorized:
            self.init(status, code: "unauthorized", message: "Hace falta identificarse.")
        case .forbidden:
            self.init(status, code: "forbidden", message: "No tienes permiso para hacer esto.")
        case .notFound:
            self = .notFound
        case .methodNotAllowed:
            self.init(status, code: "method_not_allowed", message: "Esta operación no existe aquí.")
        case .contentTooLarge:
            self = .bodyTooLarge
        case .unsupportedMediaType:
            self = .unsupportedMediaType
        case .tooManyRequests:
            self.init(status, code: "too_many_requests", message: "Demasiados intentos. Espera un momento.")
        case .serviceUnavailable:
            self.init(status, code: "unavailable", message: "El servicio no está disponible en este momento.")
        default:
            switch status.kind {
            case .clientError: self.init(status, code: "request_refused", message: "La solicitud no es válida.")
            default: self = .internalError
            }
        }
    }
}
