public import FoundationEssentials

/// A call of the API, without the transport.
public struct ConektaRequest: Hashable, Sendable {
    public var method: String
    /// Path with the query, as it stands in the request line.
    public var target: String
    /// Names in lower case.
    public var headers: [String: String]
    public var body: Data

    /// Header names may come in any case.
    public init(method: String, target: String, headers: [String: String] = [:], body: Data = Data()) {
        self.method = method
        self.target = target
        self.headers = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }) { _, last in last }
        self.body = body
    }

    /// The parts of the path, without the query.
    var path: [String] {
        target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
    }

    /// The parameters of the query, decoded; of one that comes twice the first.
    var query: [String: String] {
        let items = URLComponents(string: target)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }
}
