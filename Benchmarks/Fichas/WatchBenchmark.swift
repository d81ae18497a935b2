import Foundation
import TestSupport

/// What a minute of looking after a router with people on it costs that router.
struct WatchBenchmark: Benchmark {
    static let name = "watch"
    static let summary = "a minute of watching a router with 200 phones online, in commands and bytes"
    private static let phones = 200

    func run() async throws -> [Figure] {
        var (commands, bytes): ([Double], [Double]) = ([], [])
        for past in FichaRows.pasts {
            let minute = try await measure(past)
            commands.append(Double(minute.commands))
            bytes.append(Double(minute.bytes))
        }
        return [
            .ofPasts("\(Self.phones) phones, commands a minute", commands, unit: "commands", digits: 0),
            .ofPasts("\(Self.phones) phones, bytes a minute", bytes, unit: "bytes", digits: 0),
        ]
    }

    private func measure(_ past: Int) async throws -> (commands: Int, bytes: Int) {
        try await BenchSite.run { site in
            try await site.withBox { _ in }
            var rows = FichaRows(site)
            try await rows.addPast(past)
            let codes =
                try await rows.add(Self.phones / 2, .sold)
                + rows.add(Self.phones / 2, .sold, clock: "pausado")
            return try await site.withBox { _ in
                let box = try BoxRows(site)
                try await wait(until: 0, "SELECT count(*) FROM ficha WHERE router_state = 'to_put'", box)
                try await Buyer.register(0..<Self.phones, at: site)
                for (number, code) in codes.enumerated() {
                    let phone = Buyer(number: number).macAddress
                    try await site.router.post("phones/\(phone)/sign-in", ["user": code, "password": code])
                }
                try await wait(until: Self.phones, "SELECT count(*) FROM ficha WHERE state = 'active'", box)
                // Their devices are told to the router after the look that saw them.
                try await wait(until: 0, "SELECT count(*) FROM ficha WHERE router_state = 'to_put'", box)
                try await Task.sleep(for: .seconds(35))
                let before = try await RouterLedger(of: site)
                try await Task.sleep(for: .seconds(60))
                let after = try await RouterLedger(of: site)
                return (
                    after.commandCount - before.commandCount,
                    after.bytesIn + after.bytesOut - before.bytesIn - before.bytesOut
                )
            }
        }
    }

    private func wait(until number: Int, _ sql: String, _ box: BoxRows) async throws {
        let end = ContinuousClock.now + .seconds(90)
        while try box.number(sql) != number {
            guard ContinuousClock.now < end else {
                throw PlainHTTP.Failure(description: "\(try box.number(sql)): \(sql)")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
