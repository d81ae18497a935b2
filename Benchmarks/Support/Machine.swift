import Foundation

/// Where the figures come from. Not more than it takes to read them.
enum Machine {
    static let cores = ProcessInfo.processInfo.activeProcessorCount

    static var description: String {
        var load = [0.0]
        getloadavg(&load, 1)
        return "\(cores) core(s), shared by what is measured and what measures it; load \(load[0].text(1)) at the end"
    }
}
