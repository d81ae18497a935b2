import Testing

@testable import RouterOS

@Suite(.timeLimit(.minutes(2)))
struct RouterSystemTests {
    @Test func `a router tells what it is`() async throws {
        let row: Sentence = [
            "!re", "=uptime=1w2d3h4m5s", "=version=7.20.7 (stable)", "=board-name=hAP lite", "=architecture-name=smips",
            "=cpu-load=3", "=free-memory=8388608", "=total-memory=33554432", "=free-hdd-space=1048576",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]], [["!re", "=name=Tienda"], ["!done"]]]) {
            client throws(RouterOSError) in
            (try await client.system.resource(), try await client.system.identity())
        }
        #expect(
            requests == [
                [
                    "/system/resource/print",
                    "=.proplist=version,board-name,architecture-name,uptime,cpu-load,free-memory,total-memory,free-hdd-space",
                ],
                ["/system/identity/print", "=.proplist=name"],
            ]
        )
        let (resource, identity) = try result.get()
        #expect(resource.version == "7.20.7 (stable)")
        #expect(resource.boardName == "hAP lite")
        #expect(resource.architecture == "smips")
        #expect(resource.uptime == .seconds(788_645))
        #expect(resource.cpuLoad == 3)
        #expect(resource.freeMemory == 8_388_608)
        #expect(resource.totalMemory == 33_554_432)
        #expect(resource.freeDisk == 1_048_576)
        #expect(identity == "Tienda")
    }

    @Test(
        arguments: [
            ("=nlevel=4", "4", 200), ("=nlevel=3", "3", 1), ("=nlevel=5", "5", 500), ("=nlevel=6", "6", nil),
            ("=level=p1", "p1", nil),
        ] as [(String, String, Int?)]
    )
    func `a licence bounds the active users`(word: String, level: String, users: Int?) async throws {
        let (_, result) = try await exchange([[["!re", Word(word)], ["!done"]]]) { client throws(RouterOSError) in
            try await client.system.license()
        }
        let license = try result.get()
        #expect(license.level == level)
        #expect(license.maxActiveUsers == users)
    }

    @Test(
        arguments: [
            (["!re", "=mode=home", "=hotspot=false"], "home", false),
            (["!re", "=mode=advanced", "=hotspot=true"], "advanced", true),
            (["!re", "=mode=enterprise"], "enterprise", true),
        ] as [(Sentence, String, Bool)]
    )
    func `device mode allows the hotspot or not`(row: Sentence, mode: String, allows: Bool) async throws {
        let (_, result) = try await exchange([[row, ["!done"]]]) { client throws(RouterOSError) in
            try await client.system.deviceMode()
        }
        let deviceMode = try #require(try result.get())
        #expect(deviceMode.mode == mode)
        #expect(deviceMode.allowsHotspot == allows)
    }

    @Test func `a version without device mode has none`() async throws {
        let (_, result) = try await exchange([[["!trap", "=message=no such command prefix"], ["!done"]]]) {
            client throws(RouterOSError) in
            try await client.system.deviceMode()
        }
        #expect(result == .success(nil))
    }

    @Test func `an empty answer is no answer`() async throws {
        let (_, result) = try await exchange([[["!empty"], ["!done"]]]) { client throws(RouterOSError) in
            try await client.system.resource()
        }
        #expect(result == .failure(.invalidReply("/system/resource is empty")))
    }
}
