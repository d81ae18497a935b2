import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Shared

/// An answer of the centre.
struct CentralAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String
    /// Null for no JSON.
    let json: JSONValue

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
        json = (try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) ?? .null
    }

    /// `error.code` of an error.
    var code: String { self["error", "code"] }

    /// A text somewhere inside; empty when there is none.
    subscript(_ path: String...) -> String {
        let value = path.reduce(json) { $0[$1] }
        guard case .string(let text) = value else { return "" }
        return text
    }
}

extension JSONValue {
    /// A member; null when there is none.
    subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    /// The elements of a list; none of anything else.
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}
