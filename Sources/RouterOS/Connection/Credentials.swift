import Shared

/// Who we are on the router.
struct Credentials: Sendable {
    let username: String
    let password: Secret<String>
}
