/// The form for a code.
struct RedeemView: Sendable {
    let identity: PortalIdentity
    let action: String
    let catalogueURL: String
    /// What was typed before.
    let code: String
    let problem: String?
    let script = PortalPath.codeScript

    init(identity: PortalIdentity, routerID: String, code: String = "", problem: String? = nil) {
        self.identity = identity
        action = PortalPath.redeem(routerID)
        catalogueURL = PortalPath.catalogue(routerID)
        self.code = code
        self.problem = problem
    }
}
