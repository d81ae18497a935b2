import Shared

/// Reads the members of a JSON object and refuses with 422, naming the parameter, what is missing or out of bounds.
struct ParameterReader {
    let members: [String: JSONValue]
    /// Path of the object in the request; empty for the request itself.
    let path: String

    init(_ value: JSONValue?, path: String = "") throws(ConektaRejection) {
        guard let members = value?.members else { throw .invalid(path.isEmpty ? "body" : path) }
        self.members = members
        self.path = path
    }

    /// Refuses members that Conekta does not know.
    func allow(only names: Set<String>) throws(ConektaRejection) {
        if let unknown = members.keys.filter({ !names.contains($0) }).min() {
            throw .unknownParameter(fullName(unknown))
        }
    }

    func requiredText(_ name: String, length: ClosedRange<Int> = 1...249) throws(ConektaRejection) -> String {
        guard let text = try optionalText(name, length: length) else { throw .missing(fullName(name)) }
        return text
    }

    /// Nil when absent or null.
    func optionalText(_ name: String, length: ClosedRange<Int> = 0...249) throws(ConektaRejection) -> String? {
        guard let value = members[name], value != .null else { return nil }
        guard let text = value.text else { throw .invalid(fullName(name)) }
        guard text.count >= length.lowerBound else { throw .invalid(fullName(name), "too_short") }
        guard text.count <= length.upperBound else { throw .invalid(fullName(name), "too_long") }
        return text
    }

    func requiredInteger(_ name: String, _ range: ClosedRange<Int64>) throws(ConektaRejection) -> Int64 {
        guard let integer = try optionalInteger(name, range) else { throw .missing(fullName(name)) }
        return integer
    }

    /// Nil when absent or null.
    func optionalInteger(_ name: String, _ range: ClosedRange<Int64>) throws(ConektaRejection) -> Int64? {
        guard let value = members[name], value != .null else { return nil }
        guard let integer = value.integer, range.contains(integer) else { throw .invalid(fullName(name)) }
        return integer
    }

    /// The object under that name; throws when it is absent or something else.
    func object(_ name: String) throws(ConektaRejection) -> ParameterReader {
        guard let value = members[name], value != .null else { throw .missing(fullName(name)) }
        return try ParameterReader(value, path: fullName(name))
    }

    /// At most 100 scalar values, strings up to 249 characters (reference `conekta.md` §2.1).
    func metadata() throws(ConektaRejection) -> [String: JSONValue] {
        guard let value = members["metadata"], value != .null else { return [:] }
        guard let entries = value.members, entries.count <= 100 else { throw .invalid(fullName("metadata")) }
        for (name, entry) in entries {
            switch entry {
            case .array, .object: throw .invalid(fullName("metadata.\(name)"))
            case .string(let text) where text.count > 249: throw .invalid(fullName("metadata.\(name)"), "too_long")
            default: break
            }
        }
        return entries
    }

    func fullName(_ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}
