public import Shared

/// An account of the router itself, which API clients log in with.
public struct APIUser: Sendable {
    /// What the account's group allows (reference `routeros.md` §8); the ones that matter to the API.
    public enum Policy: String, CaseIterable, Sendable {
        case api, read, write, sensitive
    }

    /// Compared byte by byte.
    public var name: String
    public var password: Secret<String>
    /// What the account may do; reading and writing are refused without theirs.
    public var policies: Set<Policy>

    /// An account that may do everything unless told otherwise.
    public init(name: String, password: Secret<String>, policies: Set<Policy> = Set(Policy.allCases)) {
        self.name = name
        self.password = password
        self.policies = policies
    }
}
