/// How often the API was called, faults included: what a client sent, whatever came of it.
public struct RequestCounts: Hashable, Sendable, Encodable {
    public private(set) var byEndpoint: [Endpoint: Int] = [:]
    /// `POST /orders/{id}/charges` by order.
    public private(set) var chargePostsByOrder: [String: Int] = [:]
    /// Requests that carry a charge, alone or within an order, by the charge's `reference_id`.
    public private(set) var chargePostsByReference: [String: Int] = [:]

    /// By this machine's clock: from a request's arrival until its answer was handed over, all requests together. The
    /// latency that was asked for is in it, and what the simulator itself took.
    public private(set) var answeringMicroseconds: Int64 = 0

    mutating func addAnswer(after duration: Duration) {
        answeringMicroseconds +=
            duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
    }

    mutating func add(_ call: ConektaCall) {
        byEndpoint[call.endpoint, default: 0] += 1
        guard call.endpoint == .createCharge || call.endpoint == .createOrder else { return }
        if call.endpoint == .createCharge, let orderID = call.orderID {
            chargePostsByOrder[orderID, default: 0] += 1
        }
        let charge = call.endpoint == .createCharge ? call.body : call.body?["charges"]?[0]
        if let reference = charge?["reference_id"]?.text {
            chargePostsByReference[reference, default: 0] += 1
        }
    }
}
