import TestSupport

/// Asks again and again until the answer is yes.
///
/// - Parameter pause: Between two questions.
/// - Throws: What the last question threw, when 30 s are over.
func answering(_ pause: Duration, _ question: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(30)
    while true {
        do {
            if try question() { return }
        } catch {
            if ContinuousClock.now > end { throw error }
        }
        guard ContinuousClock.now < end else { throw PlainHTTP.Failure(description: "a program does not get ready") }
        try await Task.sleep(for: pause)
    }
}

/// A loopback port that nobody listens on.
func freePort() throws -> UInt16 {
    try LoopbackSocket(.refuses).port
}
