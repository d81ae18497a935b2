/// The calls of the API, as faults and counts name them.
public enum Endpoint: String, CaseIterable, Hashable, Sendable, Codable, CodingKeyRepresentable {
    case createOrder = "create_order"
    case getOrder = "get_order"
    case listOrders = "list_orders"
    case updateOrder = "update_order"
    case createCharge = "create_charge"
    case refundOrder = "refund_order"
    case cancelOrder = "cancel_order"
    case captureOrder = "capture_order"
    case listCharges = "list_charges"
    case company
    case createToken = "create_token"
    /// Anything the simulator does not know.
    case other

    /// The endpoint a request is for, and the order it names.
    static func matching(method: String, path: [String]) -> (endpoint: Endpoint, orderID: String?) {
        switch (method, path.count, path.first) {
        case ("POST", 1, "orders"): return (.createOrder, nil)
        case ("GET", 1, "orders"): return (.listOrders, nil)
        case ("GET", 1, "charges"): return (.listCharges, nil)
        case ("POST", 1, "tokens"): return (.createToken, nil)
        case ("GET", 2, "companies") where path[1] == "current": return (.company, nil)
        case ("GET", 2, "orders"): return (.getOrder, path[1])
        case ("PUT", 2, "orders"): return (.updateOrder, path[1])
        case ("POST", 3, "orders"):
            let actions: [String: Endpoint] = [
                "charges": .createCharge, "refunds": .refundOrder, "cancel": .cancelOrder, "capture": .captureOrder,
            ]
            return (actions[path[2]] ?? .other, path[1])
        default: return (.other, nil)
        }
    }
}
