/// How busy a pool is at a moment, for metrics.
public struct PostgresPoolOccupancy: Hashable, Sendable {
    /// Connections that exist, the ones being made and closed included.
    public let connections: Int
    /// Connections that somebody works with.
    public let lent: Int
    /// Callers that wait for a connection.
    public let waiting: Int
}
