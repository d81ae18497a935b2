/// What a cashier reads when something was not done.
struct CounterErrorView: Sendable {
    let frame: CounterFrame
    let message: String
    let requestID: String
}
