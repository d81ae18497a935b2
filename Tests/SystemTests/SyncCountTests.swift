import Foundation
import TestSupport
import Testing

/// What a sale costs the disk of the real box, as the kernel sees it.
@Suite struct SyncCountTests {
    private static let sales = 10

    @Test(.timeLimit(.minutes(2))) func `a sale by card makes the disk hold still five times at most`() async throws {
        let folder = try TemporaryDirectory()
        let trace = folder.path("trace")
        var options = RunningSite.Options()
        // As a grandchild (-D), so that signals go to the box and not to its tracer.
        options.boxTracer = [
            "strace", "-D", "-f", "-y", "-ttt", "-e", "trace=fsync,fdatasync,sync_file_range", "-o", trace,
        ]
        let (begin, end) = try await RunningSite.run(options) { site in
            let begin = Date().timeIntervalSince1970
            for number in 0..<Self.sales {
                let token = try await site.conekta.cardToken()
                #expect(try await BoxAPI(site: site).pay(token: token, key: "venta-\(number)").status == 200)
            }
            return (begin, Date().timeIntervalSince1970)
        }
        // Read once the box has ended and its tracer with it: only then is all of it written.
        let syncs = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").filter { line in
            guard line.contains("sync(") || line.contains("sync_file_range(") else { return false }
            let words = line.split(separator: " ", maxSplits: 2)
            let time = words.count > 1 ? Double(words[1]) ?? 0 : 0
            return begin <= time && time <= end
        }
        #expect(syncs.allSatisfy { $0.contains("box.sqlite") }, "\(syncs)")
        #expect(syncs.count <= 5 * Self.sales)
        #expect(syncs.count >= Self.sales, "a trace in which nothing was seen proves nothing")
    }
}
