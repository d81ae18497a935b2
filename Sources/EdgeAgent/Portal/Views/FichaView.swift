import Purchasing
import Shared

/// The page a buyer paid for: the code, before anything else happens.
struct FichaView: Sendable {
    let identity: PortalIdentity
    let code: CodeView
    let product: ProductView
    let connectURL: String
    let purchaseID: String

    init(_ purchase: Purchase, code: FichaCode, identity: PortalIdentity) {
        self.identity = identity
        self.code = CodeView(code)
        product = ProductView(purchase.product)
        connectURL = PortalPath.connect(purchase.routerID, purchase.id)
        purchaseID = purchase.id.text
    }
}
