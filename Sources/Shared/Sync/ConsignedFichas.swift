/// Fichas of one product that went to a reseller or came back together.
public struct ConsignedFichas: Sendable, Equatable, Codable {
    /// In the order they were printed.
    public let codes: [String]
    public let routerID: String
    public let productID: Int64
    public let productName: String
    public let durationSeconds: Int64

    public init(codes: [String], routerID: String, productID: Int64, productName: String, durationSeconds: Int64) {
        self.codes = codes
        self.routerID = routerID
        self.productID = productID
        self.productName = productName
        self.durationSeconds = durationSeconds
    }

    enum CodingKeys: String, CodingKey {
        case codes
        case routerID = "router_id"
        case productID = "product_id"
        case productName = "product_name"
        case durationSeconds = "duration_seconds"
    }
}
