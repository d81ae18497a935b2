/// An order as a list shows it: enough to tell whose it is. What decides about money is read from the order itself, so that
/// one order of somebody else's that cannot be read does not hide all the others.
public struct ListedOrder: Hashable, Sendable {
    public let id: OrderID
    /// Numbers and booleans as text.
    public let metadata: [String: String]
}

extension ListedOrder: Decodable {
    private enum CodingKeys: String, CodingKey { case id, metadata }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(OrderID.self, forKey: .id)
        let values = (try? container.decodeIfPresent([String: WireScalar].self, forKey: .metadata)) ?? [:]
        metadata = values.compactMapValues(\.text)
    }
}
