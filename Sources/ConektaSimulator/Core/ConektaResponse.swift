public import FoundationEssentials
public import Shared

/// What the API answers, without the transport.
public struct ConektaResponse: Hashable, Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]
    public var body: Data

    init(status: Int, headers: [String: String], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer of the API proper, with the headers recorded ones have (reference `conekta.md` §1, §6.1).
    init(status: Int = 200, json: JSONValue) {
        var headers = Self.crossOriginHeaders
        headers["content-type"] = "application/vnd.conekta-v2.3.0+json; charset=utf-8"
        headers["conekta-media-type"] = "conekta-v2.3.0; format=application/json"
        self.init(status: status, headers: headers, body: json.data)
    }

    /// What a proxy before the API says when it has trouble.
    static func htmlError(_ status: Int) -> ConektaResponse {
        let page = "<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>"
        return ConektaResponse(status: status, headers: ["content-type": "text/html"], body: Data(page.utf8))
    }

    /// The answer to a browser that asks whether a page of another origin may call.
    static let preflight = ConektaResponse(status: 204, headers: crossOriginHeaders, body: Data())

    private static let crossOriginHeaders = [
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "POST, GET, PUT, OPTIONS",
        "access-control-allow-headers":
            "Accept, Accept-Language, Authorization, Content-Type, Conekta-Client-User-Agent, RaiseHtmlError",
        "access-control-max-age": "1728000",
    ]

    /// The body as JSON; nil when it is something else, as after some faults.
    public var json: JSONValue? { try? JSONValue(parsing: body) }
}
