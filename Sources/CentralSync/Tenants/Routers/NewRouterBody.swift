/// The answer to a new router: what is shown this once stands beside it.
struct NewRouterBody: Encodable, Sendable {
    let router: RouterBody
    let apiKey: NewRouterKeyBody
    /// Nil where the site has its box already.
    let enrolment: EnrolmentBody?

    enum CodingKeys: String, CodingKey {
        case router, enrolment
        case apiKey = "api_key"
    }
}
