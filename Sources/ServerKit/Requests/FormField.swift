/// Decodes one field of a form: the text itself, or what its text stands for.
struct FormField: Decoder, SingleValueDecodingContainer {
    let codingPath: [any CodingKey]
    let text: String
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw FormDecoder.unsupported(codingPath, "object")
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw FormDecoder.unsupported(codingPath, "list")
    }

    func decodeNil() -> Bool { text.isEmpty }
    func decode(_ type: String.Type) throws -> String { text }

    /// `on` is what a ticked checkbox sends.
    func decode(_ type: Bool.Type) throws -> Bool {
        switch text {
        case "true", "on", "1": true
        case "false", "off", "0": false
        default: throw mismatch(type)
        }
    }

    func decode(_ type: Double.Type) throws -> Double { try number() }
    func decode(_ type: Float.Type) throws -> Float { try number() }
    func decode(_ type: Int.Type) throws -> Int { try number() }
    func decode(_ type: Int8.Type) throws -> Int8 { try number() }
    func decode(_ type: Int16.Type) throws -> Int16 { try number() }
    func decode(_ type: Int32.Type) throws -> Int32 { try number() }
    func decode(_ type: Int64.Type) throws -> Int64 { try number() }
    func decode(_ type: UInt.Type) throws -> UInt { try number() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try number() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try number() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try number() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try number() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

    private func number<Number: LosslessStringConvertible>() throws -> Number {
        guard let number = Number(text) else { throw mismatch(Number.self) }
        return number
    }

    private func mismatch(_ type: any Any.Type) -> DecodingError {
        .typeMismatch(type, DecodingError.Context(codingPath: codingPath, debugDescription: "another kind of text"))
    }
}
