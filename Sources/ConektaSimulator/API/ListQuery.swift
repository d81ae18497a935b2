import Shared

/// The query of `GET /orders` and `GET /charges` (reference `conekta.md` §3).
struct ListQuery {
    /// 1 to 250.
    let limit: Int
    /// Identifier of the last element of the page before.
    let next: String?
    let search: String?
    let paymentStatus: String?
    /// Unix seconds.
    private let createdAt: ClosedRange<Int64>
    private let updatedAt: ClosedRange<Int64>

    /// Throws 422 for a parameter that is unknown or cannot be read.
    init(_ query: [String: String]) throws(ConektaRejection) {
        let known: Set<String> = [
            "limit", "next", "search", "payment_status", "created_at", "created_at.gte", "created_at.lte",
            "updated_at.gte", "updated_at.lte", "client",
        ]
        if let unknown = query.keys.filter({ !known.contains($0) }).min() { throw .unknownParameter(unknown) }
        guard let limit = Int(query["limit"] ?? "20"), (1...250).contains(limit) else { throw .invalid("limit") }
        self.limit = limit
        next = query["next"]
        search = query["search"].flatMap { $0.isEmpty ? nil : $0 }
        paymentStatus = query["payment_status"]
        createdAt = try Self.range("created_at", query)
        updatedAt = try Self.range("updated_at", query)
    }

    func includes(createdAt created: Timestamp, updatedAt updated: Timestamp) -> Bool {
        createdAt.contains(created.unixSeconds) && updatedAt.contains(updated.unixSeconds)
    }

    /// One page of what `elements` holds, newest first. An unknown cursor gives an empty page.
    func page<Element>(
        of elements: [Element],
        id: (Element) -> String
    ) -> (elements: ArraySlice<Element>, hasMore: Bool) {
        var rest = elements[...]
        if let next {
            let place = elements.firstIndex { id($0) == next } ?? elements.endIndex - 1
            rest = elements.isEmpty ? [] : elements[(place + 1)...]
        }
        return (rest.prefix(limit), rest.count > limit)
    }

    private static func range(
        _ name: String,
        _ query: [String: String]
    ) throws(ConektaRejection) -> ClosedRange<Int64> {
        func seconds(_ name: String) throws(ConektaRejection) -> Int64? {
            guard let text = query[name] else { return nil }
            guard let seconds = Int64(text) else { throw .invalid(name) }
            return seconds
        }
        let exact = try seconds(name)
        let from = try seconds(name + ".gte") ?? exact ?? .min
        let to = try seconds(name + ".lte") ?? exact ?? .max
        guard from <= to else { throw .invalid(name) }
        return from...to
    }
}
