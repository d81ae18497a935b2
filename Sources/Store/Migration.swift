public import GRDB

/// One step of a schema, never edited once released.
public struct Migration: Sendable {
    /// `0001_purchases`: the order is the text's.
    public let id: String
    public let apply: @Sendable (Database) throws -> Void

    public init(_ id: String, apply: @escaping @Sendable (Database) throws -> Void) {
        self.id = id
        self.apply = apply
    }

    /// A migration that is SQL only.
    public init(_ id: String, sql: String) {
        self.init(id) { try $0.execute(sql: sql) }
    }
}
