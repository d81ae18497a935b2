/// A connection somebody may use until they give it back.
struct Loan: Sendable {
    let id: PoolStateMachine.ConnectionID
    let connection: PostgresConnection
}
