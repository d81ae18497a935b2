/// The card page.
struct CardView: Sendable {
    let identity: PortalIdentity
    let product: ProductView
    /// Where the form goes; the page's own address.
    let action: String
    let attempt: String
    let publicKey: String
    let tokenizerURL: String
    let scriptURL = PortalPath.script
    let catalogueURL: String
    /// What was typed before.
    let name: String
    let email: String
    /// What is wrong with what was typed.
    let problem: String?
}
