/// Conekta's list wrapper: `{"object":"list","has_more":…,"data":[…]}`, or null, or null inside.
struct WireList<Element: Decodable>: Decodable {
    let elements: [Element]
    /// False when there are elements that were not sent.
    let isComplete: Bool

    static var empty: WireList { WireList(elements: [], isComplete: true) }

    private enum CodingKeys: String, CodingKey { case data, hasMore = "has_more" }

    private init(elements: [Element], isComplete: Bool) {
        self.elements = elements
        self.isComplete = isComplete
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        elements = try container.decodeIfPresent([Element].self, forKey: .data) ?? []
        isComplete = try container.decodeIfPresent(Bool.self, forKey: .hasMore) != true
    }
}
