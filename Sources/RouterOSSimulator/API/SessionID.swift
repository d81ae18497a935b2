/// Names an API connection to the simulated router.
public struct SessionID: Hashable, Sendable {
    let number: Int
}
