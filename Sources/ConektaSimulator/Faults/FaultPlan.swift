/// The faults to come, in the order they were scripted.
struct FaultPlan: Sendable {
    private struct Rule: Sendable {
        let fault: Fault
        let endpoint: Endpoint?
        let orderID: String?
        var skips: Int
        var times: Int

        func concerns(_ call: ConektaCall) -> Bool {
            (endpoint == nil || endpoint == call.endpoint) && (orderID == nil || orderID == call.orderID)
        }
    }

    private var rules: [Rule] = []

    mutating func add(_ fault: Fault, endpoint: Endpoint?, orderID: String?, skipping: Int, times: Int) {
        guard times > 0 else { return }
        rules.append(Rule(fault: fault, endpoint: endpoint, orderID: orderID, skips: skipping, times: times))
    }

    /// The fault for this call: the first rule about it that is due, which is used up by one. Every rule about it that
    /// still skips calls counts this one.
    mutating func next(for call: ConektaCall) -> Fault {
        for index in rules.indices where rules[index].concerns(call) {
            if rules[index].skips > 0 {
                rules[index].skips -= 1
                continue
            }
            let fault = rules[index].fault
            rules[index].times -= 1
            if rules[index].times == 0 { rules.remove(at: index) }
            return fault
        }
        return .none
    }

    /// How many faults are still to come.
    var remaining: Int { rules.reduce(0) { $0 + $1.times } }
}
