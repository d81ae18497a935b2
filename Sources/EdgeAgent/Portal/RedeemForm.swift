/// What the form for a code posts.
struct RedeemForm: Decodable, Sendable {
    let code: String?
}
