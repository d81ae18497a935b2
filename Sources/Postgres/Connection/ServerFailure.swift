/// A complaint of the server, and whether the connection survives it.
struct ServerFailure {
    let error: PostgresServerError
    let endsConnection: Bool
}
