import Foundation

/// Measured values of one kind.
struct Samples: Sendable {
    private let sorted: [Double]

    init(_ values: [Double]) {
        sorted = values.sorted()
    }

    var count: Int { sorted.count }
    var mean: Double { sorted.reduce(0, +) / Double(max(1, sorted.count)) }
    var median: Double { percentile(50) }

    /// The smallest value that so many percent do not exceed.
    func percentile(_ percent: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let rank = (percent / 100 * Double(sorted.count)).rounded(.up)
        return sorted[min(sorted.count, max(1, Int(rank))) - 1]
    }
}

extension Double {
    /// With so many digits after the point.
    func text(_ digits: Int = 2) -> String {
        String(format: "%.\(digits)f", self)
    }
}

extension Duration {
    var milliseconds: Double { self / .milliseconds(1) }
}
