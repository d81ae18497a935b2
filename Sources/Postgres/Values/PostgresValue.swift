/// A value on its way into PostgreSQL or out of it.
public enum PostgresValue: Hashable, Sendable {
    case null
    /// `smallint`, `integer`, `bigint`, `oid`; and `boolean` as 0 or 1.
    case integer(Int64)
    /// `real` and `double precision`. Never for money.
    case real(Double)
    /// Texts, and as a text whatever has no case of its own: `numeric`, `timestamptz`, `uuid`, `jsonb`…
    case text(String)
    /// `bytea`.
    case bytes([UInt8])

    /// The number, if it is an integer.
    public var asInteger: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The number, if it is a floating one.
    public var asReal: Double? {
        if case .real(let value) = self { value } else { nil }
    }

    /// The text, if it is one.
    public var asText: String? {
        if case .text(let value) = self { value } else { nil }
    }

    /// The bytes, if they are bytes.
    public var asBytes: [UInt8]? {
        if case .bytes(let value) = self { value } else { nil }
    }
}

extension PostgresValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByNilLiteral
{
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(nilLiteral: ()) { self = .null }
}
