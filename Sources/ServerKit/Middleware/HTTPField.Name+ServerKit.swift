public import HTTPTypes

extension HTTPField.Name {
    /// `X-Request-Id`, the header every answer carries.
    static let requestID = literal("X-Request-Id")
    static let forwarded = literal("Forwarded")
    static let forwardedFor = literal("X-Forwarded-For")
    static let referrerPolicy = literal("Referrer-Policy")

    /// A field's name that stands in our code; what is no such name stops the program at once.
    public static func literal(_ text: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(text)") else { preconditionFailure("\(text) is no field name") }
        return name
    }
}
