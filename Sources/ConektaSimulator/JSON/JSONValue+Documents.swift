public import FoundationEssentials
public import Shared

// Conekta's answers write nulls where other APIs leave fields out, hence a JSON value rather than structs.
extension JSONValue {
    /// Reads one JSON document; throws when the bytes are not JSON.
    public init(parsing data: Data) throws {
        var parser = JSONParser([UInt8](data))
        self = try parser.document()
    }

    /// The value as a document, keys sorted so that equal values are equal bytes.
    public var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only a non-finite number can fail, and no document that was read or made here holds one.
        return (try? encoder.encode(self)) ?? Data()
    }

    /// The member of that name; nil when this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The element at that place; nil when this is no array or is shorter.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    public var integer: Int64? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    public var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    public var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    public var members: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// `null` for nil.
    init(_ text: String?) {
        self = text.map(JSONValue.string) ?? .null
    }

    /// Unix seconds, Conekta's form of a time (reference `conekta.md` §1).
    init(_ time: Timestamp?) {
        self = time.map { .integer($0.unixSeconds) } ?? .null
    }
}
