/// How long sales took, and how much of it they waited for others.
struct SaleTimes: Sendable {
    let totals: [Double]
    let outsideMilliseconds: Double

    var added: [Double] { totals.map { $0 - outsideMilliseconds } }
}
