import Foundation
import TestSupport

/// What others do: users added one by one with librouteros, on one connection.
enum LibrouterosAdds {
    private static let script = """
        import sys, time
        from librouteros import connect
        port, count, first = (int(word) for word in sys.argv[1:])
        api = connect(host="127.0.0.1", username="fichas", password="secreto", port=port, timeout=60)
        users = api.path("ip", "hotspot", "user")
        begin = time.perf_counter()
        for number in range(first, first + count):
            name = str(number)
            users.add(**{
                "name": name, "password": name, "comment": "fic_" + name.zfill(26), "limit-uptime": "3600s",
                "profile": "1h", "server": "hotspot1",
            })
        print(f"seconds={time.perf_counter() - begin}", flush=True)
        api.close()
        """

    /// - Returns: Milliseconds for each.
    static func milliseconds(adding count: Int, at site: BenchSite) async throws -> Double {
        let program = try PythonTool.start(["-c", script, "\(site.routerPort)", "\(count)", "7000000000"])
        let line = try await program.line(containing: "seconds=", within: .seconds(600))
        _ = try await program.exitStatus()
        guard let seconds = line.split(separator: "=").last.flatMap({ Double($0) }) else {
            throw CocoaError(.formatting)
        }
        return seconds * 1_000 / Double(count)
    }
}
