import HTTPTypes

extension APIError {
    /// 400: the body is not JSON at all, or nested deeper than we read.
    static let invalidJSON = APIError(.badRequest, code: "invalid_json", message: "El cuerpo no es JSON válido.")

    /// 400: the body is not a form.
    static let invalidForm = APIError(.badRequest, code: "invalid_form", message: "El formulario no es válido.")

    /// 422 with the path of the field and what is wrong with it, never its value.
    init(describing error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(path: context.codingPath + [key], reason: "es obligatorio")
        case .valueNotFound(_, let context):
            self.init(path: context.codingPath, reason: "es obligatorio")
        case .typeMismatch(let type, let context):
            self.init(path: context.codingPath, reason: Self.expectation(of: type))
        case .dataCorrupted(let context):
            self.init(path: context.codingPath, reason: "no es válido")
        @unknown default:
            self.init(path: [], reason: "")
        }
    }

    private init(path: [any CodingKey], reason: String) {
        guard !path.isEmpty else {
            self.init(.unprocessableContent, code: "invalid_field", message: "El cuerpo no tiene la forma esperada.")
            return
        }
        self = .invalidField(Self.text(of: path), reason)
    }

    /// `items.0.name`. A key that cannot be one of ours came from the client (a dictionary's) and is not repeated.
    private static func text(of path: [any CodingKey]) -> String {
        path.map { key in
            if let index = key.intValue { return String(index) }
            let isOurs = key.stringValue.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
            return isOurs && key.stringValue.utf8.count <= 40 ? key.stringValue : "*"
        }.joined(separator: ".")
    }

    private static func expectation(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "debe ser texto"
        case is Bool.Type: "debe ser verdadero o falso"
        case is any BinaryInteger.Type: "debe ser un número entero"
        case is any BinaryFloatingPoint.Type: "debe ser un número"
        case is [Any].Type: "debe ser una lista"
        case is [String: Any].Type: "debe ser un objeto"
        default: "no tiene el tipo esperado"
        }
    }
}
