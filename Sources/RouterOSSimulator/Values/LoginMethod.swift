/// How a client proves who it is.
public enum LoginMethod: String, Sendable {
    /// Name and password in one sentence.
    case plain
    /// MD5 over a challenge only.
    case challenge
    /// Both are understood; a login without a name answers with a challenge.
    case either
}
