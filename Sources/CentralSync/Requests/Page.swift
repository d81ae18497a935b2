/// A part of a list as it is answered: `{"items":[…],"next_cursor":"…"}`, without the latter at the end.
struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    let items: [Item]
    let nextCursor: String?

    /// - Parameters:
    ///   - rows: What a query with ``PageRequest/fetchLimit`` gave.
    ///   - cursor: The sort keys of a row.
    init<Row>(
        _ rows: [Row],
        for request: PageRequest,
        cursor: (Row) throws -> PageCursor,
        item: (Row) throws -> Item
    ) rethrows {
        let shown = rows.prefix(request.limit)
        items = try shown.map(item)
        nextCursor = rows.count > request.limit ? try shown.last.map(cursor)?.text : nil
    }

    enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }
}
