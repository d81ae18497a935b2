/// Who may call a route, as a value that can be listed and compared.
enum AccessRule: Hashable, Sendable {
    /// Anybody, without a token.
    case open
    /// Whoever is signed in, also one who has to change the password before anything else.
    case signedIn
    /// These roles.
    case roles(Set<Role>)
    /// These roles, in one empresa.
    case empresa(Set<Role>)
}
