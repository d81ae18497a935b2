import Shared

/// The addresses of the portal: one for each step, each with its router in it, so that no step needs a cookie.
/// `docs/portal.md` lists them.
enum PortalPath {
    static let script = "/portal/pay.js"
    static let codeScript = "/portal/code.js"

    static func catalogue(_ routerID: String) -> String { "/r/\(routerID)" }
    static func card(_ routerID: String, _ productID: Int64) -> String { "/r/\(routerID)/comprar/\(productID)" }
    static func purchase(_ routerID: String, _ id: PurchaseID) -> String { "/r/\(routerID)/compra/\(id)" }
    static func connect(_ routerID: String, _ id: PurchaseID) -> String { purchase(routerID, id) + "/conectar" }
    static func mine(_ routerID: String) -> String { "/r/\(routerID)/mi-ficha" }
    static func mine(_ routerID: String, _ result: ConnectionResult) -> String {
        mine(routerID) + "/conexion/" + result.rawValue
    }
    static func connectMine(_ routerID: String) -> String { mine(routerID) + "/conectar" }
    static func redeem(_ routerID: String) -> String { "/r/\(routerID)/ficha" }
    /// The form with the code in it, as the QR codes of slips have it. Nothing happens before somebody taps.
    static func redeem(_ routerID: String, _ code: FichaCode) -> String { redeem(routerID) + "?code=\(code.digits)" }
    static func online(_ routerID: String) -> String { "/r/\(routerID)/en-linea" }

    static func connection(_ routerID: String, _ id: PurchaseID, _ result: ConnectionResult) -> String {
        purchase(routerID, id) + "/conexion/" + result.rawValue
    }
}
