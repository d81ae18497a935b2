import Shared

/// What a login and a renewal answer.
struct SessionBody: Encodable, Sendable {
    let accessToken: Secret<String>
    let refreshToken: RefreshToken
    /// Of a login only.
    var usuario: Usuario?

    enum CodingKeys: String, CodingKey {
        case usuario
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresInSeconds = "expires_in"
        case refreshToken = "refresh_token"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(accessToken.reveal(), forKey: .accessToken)
        try members.encode("Bearer", forKey: .tokenType)
        try members.encode(SessionTokens.lifetime.components.seconds, forKey: .expiresInSeconds)
        try members.encode(refreshToken.text.reveal(), forKey: .refreshToken)
        try members.encodeIfPresent(usuario.map { UsuarioBody($0) }, forKey: .usuario)
    }
}
