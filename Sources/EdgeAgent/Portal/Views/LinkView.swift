/// A link or a button of a page.
struct LinkView: Sendable {
    let label: String
    let url: String
}
