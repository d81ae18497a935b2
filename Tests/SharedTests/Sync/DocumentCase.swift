import Foundation
import Shared
import TestSupport
import Testing

/// The example document with one change, and what is to be said about it.
struct DocumentCase: Sendable, CustomTestStringConvertible {
    /// Where the change is: `routers.0.api.port`.
    let path: String
    /// What stands there instead, as JSON; nil takes the member out.
    let json: String?
    /// The beginning of the only problem; nil where the document is good.
    let problem: String?
    /// The box refuses it, and a schema cannot.
    let isBeyondSchema: Bool

    static func good(_ path: String, _ json: String?) -> DocumentCase {
        DocumentCase(path: path, json: json, problem: nil, isBeyondSchema: false)
    }

    static func wrong(_ path: String, _ json: String?, _ problem: String, beyondSchema: Bool = false) -> DocumentCase {
        DocumentCase(path: path, json: json, problem: problem, isBeyondSchema: beyondSchema)
    }

    var testDescription: String { "\(path) = \(json?.prefix(60) ?? "nothing")" }

    /// `docs/sitio.ejemplo.json` with its marks replaced.
    static func example() throws -> Data {
        let file = RunningProgram.package.appending(path: "docs/sitio.ejemplo.json")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacingOccurrences(of: "ROUTER_PORT", with: "8728")
            .replacingOccurrences(of: "API_KEY_SHA256", with: String(repeating: "0a", count: 32))
        return Data(text.utf8)
    }

    func document() throws -> JSONValue {
        let example = try JSONDecoder().decode(JSONValue.self, from: Self.example())
        let value = try json.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
        return try #require(example.replacing(path.split(separator: ".")[...], with: value))
    }

    func problems() throws -> [String] {
        do {
            _ = try SiteSnapshot(json: JSONEncoder().encode(document()))
            return []
        } catch let error as SiteSnapshotError {
            return error.problems
        }
    }
}

extension JSONValue {
    /// Nil where there is no such place.
    fileprivate func replacing(_ path: ArraySlice<Substring>, with value: JSONValue?) -> JSONValue? {
        guard let name = path.first.map(String.init) else { return value }
        let isLast = path.count == 1
        switch self {
        case .object(var members):
            members[name] = isLast ? value : members[name]?.replacing(path.dropFirst(), with: value)
            return .object(members)
        case .array(var elements):
            guard let index = Int(name), elements.indices.contains(index) else { return nil }
            guard let element = isLast ? value : elements[index].replacing(path.dropFirst(), with: value) else {
                return nil
            }
            elements[index] = element
            return .array(elements)
        default: return nil
        }
    }
}
