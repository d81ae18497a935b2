/// The body of `GET /orders`. That there is no more has to be said: it is not read out of silence.
struct WireOrderPage: Decodable {
    let orders: [ListedOrder]
    let hasMore: Bool

    private enum CodingKeys: String, CodingKey { case object, data, hasMore = "has_more" }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard try container.decode(String.self, forKey: .object) == "list" else {
            throw DecodingError.dataCorruptedError(forKey: .object, in: container, debugDescription: "not a list")
        }
        orders = try container.decode([ListedOrder].self, forKey: .data)
        hasMore = try container.decode(Bool.self, forKey: .hasMore)
    }
}
