/// How long somebody stays signed in.
enum SessionPolicy {
    /// However often it is renewed.
    static let maximumLifetime = Duration.seconds(30 * 86_400)
    /// Without being renewed.
    static let maximumIdle = Duration.seconds(7 * 86_400)
}
