import HTTPTypes

extension HTTPField.Name {
    /// `X-Request-Id`, the header every answer carries.
    static let requestID = literal("X-Request-Id")
    static let referrerPolicy = literal("Referrer-Policy")

    private static func literal(_ text: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(text)") else { preconditionFailure("\(text) is no field name") }
        return name
    }
}
