import Foundation
import GRDB
import TestSupport

/// Looks into the database of a box that runs, on a connection that only reads.
final class BoxRows: Sendable {
    private let queue: DatabaseQueue

    init(_ site: BenchSite) throws {
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: site.folder.path("box.sqlite"), configuration: configuration)
    }

    func number(_ sql: String) throws -> Int {
        try queue.read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    /// Waits until a number has come down to nothing.
    ///
    /// - Parameter untilBegun: Whether the time counts from the first change on, so that the program's start is not in it.
    /// - Returns: How many milliseconds each took, of those that were left when the time began.
    func millisecondsForEach(untilNone sql: String, of count: Int, limit: Duration) async throws -> Double {
        let end = ContinuousClock.now + limit
        var begin: (at: ContinuousClock.Instant, left: Int)?
        while true {
            let (left, now) = (try number(sql), ContinuousClock.now)
            if left == 0, let begin { return (now - begin.at).milliseconds / Double(begin.left) }
            if left < count, begin == nil { begin = (now, left) }
            guard now < end else { throw PlainHTTP.Failure(description: "\(left) of \(count) are not done") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
