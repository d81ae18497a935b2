/// A value that must never be shown: keys, passwords, card tokens.
///
/// Whatever describes it (string interpolation, logs, `dump`, errors) sees `***`. It encodes to nothing on purpose:
/// it is not `Encodable`, so a secret cannot slip into a JSON answer.
public struct Secret<Value: Sendable>: Sendable {
    private let value: Value

    public init(_ value: Value) {
        self.value = value
    }

    /// Hands out the value. Call it only where the secret goes to its destination.
    public func reveal() -> Value { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Equatable where Value: Equatable {}
extension Secret: Hashable where Value: Hashable {}

extension Secret: Decodable where Value: Decodable {
    public init(from decoder: any Decoder) throws {
        self.init(try Value(from: decoder))
    }
}
