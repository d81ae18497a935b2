/// The JSON of an `APIError`.
struct ErrorBody: Encodable {
    let error: APIError
    let requestID: String

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Name.self)
        for (name, value) in error.extra where name != "error" {
            try members.encode(value, forKey: Name(name))
        }
        var body = members.nestedContainer(keyedBy: Name.self, forKey: Name("error"))
        try body.encode(error.code, forKey: Name("code"))
        try body.encode(error.message, forKey: Name("message"))
        try body.encode(requestID, forKey: Name("request_id"))
    }
}
