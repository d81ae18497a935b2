/// What a session's token says.
struct SessionClaims: Sendable, Equatable {
    let usuarioID: String
    let sessionID: String
}
