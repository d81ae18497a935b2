import NIOCore
import RouterOS
import RouterOSSimulator
import Shared
import Testing

/// The router on a real socket: bytes, ends and resets (reference `routeros.md` §9.3).
@Suite(.timeLimit(.minutes(1))) struct ServerTests {
    private let router = RouterOSSimulator(
        configuration: SimulatorConfiguration(
            version: "7.20",
            users: [APIUser(name: "fichas", password: Secret("secret"))],
            userProfiles: ["1h"]
        ),
        start: Client.start
    )
    private let count: Sentence = ["/ip/hotspot/user/print", "=count-only="]

    private func connect<Result: Sendable>(
        isLoggedIn: Bool = true,
        _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        try await withRouterOSSimulatorServer(router) { server in
            try await RawConnection.open(server.port, isLoggedIn: isLoggedIn, body)
        }
    }

    @Test func wordsComeInAnyPieces() async throws {
        var bytes = ByteBuffer()
        SentenceEncoder().encode(data: count, out: &bytes)
        let pieces = Array(bytes.readableBytesView).map { [$0] }
        try await connect { connection in
            for piece in pieces { try await connection.send(bytes: piece) }
            #expect(try await connection.next() == ["!done", "=ret=1"])
        }
    }

    @Test func severalSentencesComeAtOnceAndEmptyOnesAreNothing() async throws {
        try await connect { connection in
            try await connection.send(bytes: [0, 0])
            try await connection.send(count, count, ["/system/identity/print"])
            #expect(
                try await connection.next(4)
                    == [["!done", "=ret=1"], ["!done", "=ret=1"], ["!re", "=name=MikroTik"], ["!done"]]
            )
        }
    }

    /// The length of the same word in all five forms.
    @Test(arguments: [[], [0x80], [0xC0, 0], [0xE0, 0, 0], [0xF0, 0, 0, 0]] as [[UInt8]])
    func lengthsComeInEveryForm(prefix: [UInt8]) async throws {
        let word = Array("/system/identity/print".utf8)
        try await connect { connection in
            try await connection.send(bytes: prefix + [UInt8(word.count)] + word + [0])
            #expect(try await connection.next(2) == [["!re", "=name=MikroTik"], ["!done"]])
        }
    }

    @Test(arguments: [126, 127, 128, 16_382, 16_383, 16_384, 40_000])
    func longValuesComeBackInTheShortestForm(length: Int) async throws {
        let comment = String(repeating: "c", count: length)
        let total = try await connect { connection in
            try await connection.send(["/ip/hotspot/user/add", "=name=F1", Word("=comment=\(comment)")])
            #expect(try await connection.next() == ["!done", "=ret=*1"])
            try await connection.send(["/ip/hotspot/user/print", "=.proplist=comment", "?name=F1"])
            #expect(try await connection.next(2) == [["!re", "=comment=\(comment)"], ["!done"]])
            return length
        }
        #expect(router.ledger.users.first?.comment.count == total)
    }

    @Test func aControlByteEndsTheConnection() async throws {
        try await connect { connection in
            try await connection.send(bytes: [0xF8, 1, 2])
            #expect(try await connection.next() == nil)
        }
    }

    @Test func withoutALoginThereIsOnlyFatal() async throws {
        try await connect(isLoggedIn: false) { connection in
            try await connection.send(count)
            #expect(try await connection.next(3) == [["!fatal", "not logged in"]])
        }
    }

    @Test func aWrongPasswordMayTryAgain() async throws {
        try await connect(isLoggedIn: false) { connection in
            try await connection.send(["/login", "=name=fichas", "=password=x", ".tag=1"])
            #expect(
                try await connection.next(2)
                    == [["!trap", ".tag=1", "=message=invalid user name or password (6)"], ["!done", ".tag=1"]]
            )
            try await connection.send(["/login", "=name=fichas", "=password=secret", ".tag=2"])
            #expect(try await connection.next() == ["!done", ".tag=2"])
        }
    }

    @Test func listensReachTheirSocket() async throws {
        let phone = try Client().phone(1)
        try await connect { connection in
            try await connection.send(["/ip/hotspot/host/listen", "=.proplist=address", ".tag=1"], count)
            #expect(try await connection.next() == ["!done", "=ret=1"])
            router.join(phone)
            #expect(try await connection.next() == ["!re", ".tag=1", "=address=10.5.50.1"])
            try await connection.send(["/cancel", "=tag=1", ".tag=2"])
            #expect(
                try await connection.next(3) == [
                    ["!trap", ".tag=1", "=category=2", "=message=interrupted"], ["!done", ".tag=2"],
                    ["!done", ".tag=1"],
                ]
            )
        }
    }

    @Test func aSlowCommandDoesNotHoldUpTheNext() async throws {
        router.add(Fault(.delay(.milliseconds(50)), on: "/system/identity/print"))
        try await connect { connection in
            try await connection.send(["/system/identity/print", ".tag=slow"], ["/quit-not", ".tag=fast"])
            #expect(try await connection.next(2).map { $0[1] } == [".tag=fast", ".tag=fast"])
            #expect(try await connection.next(2).map { $0[1] } == [".tag=slow", ".tag=slow"])
        }
    }

    @Test func theLatencyKeepsTheOrder() async throws {
        router.setLatency(.milliseconds(5))
        try await connect { connection in
            for name in 1...20 { try await connection.send(["/ip/hotspot/user/add", Word("=name=F\(name)")]) }
            let ids = try await connection.next(20).compactMap(\.last)
            #expect(ids == (1...20).map { "=ret=*" + String($0, radix: 16, uppercase: true) })
        }
    }

    @Test func theLastWordIsHeardHoweverSlow() async throws {
        router.setLatency(.milliseconds(20))
        try await connect { connection in
            try await connection.send(["/quit"])
            // Something else happens on the router while the reply is on its way.
            router.advance(by: .seconds(1))
            #expect(try await connection.next(2) == [["!fatal", "session terminated on request"]])
        }
    }

    @Test func silenceLeavesTheConnectionOpen() async throws {
        router.add(Fault(.silence(executes: true), on: "/ip/hotspot/user/add"))
        try await connect { connection in
            try await connection.send(["/ip/hotspot/user/add", "=name=F1"], count)
            #expect(try await connection.next() == ["!done", "=ret=2"])
        }
    }

    @Test(arguments: [true, false])
    func aConnectionEndsInOrderOrByAReset(isReset: Bool) async throws {
        router.add(Fault(.drop(executes: false, reset: isReset), on: "/ip/hotspot"))
        try await connect { connection in
            try await connection.send(count)
            if isReset {
                await #expect(throws: IOError.self) { _ = try await connection.next() }
            } else {
                #expect(try await connection.next() == nil)
            }
        }
    }

    @Test func garbageIsNoSentence() async throws {
        router.add(Fault(.garbage([0xFF]), on: "/ip/hotspot"))
        try await connect { connection in
            try await connection.send(count)
            await #expect(throws: WireError.reservedLength(firstByte: 0xFF)) { _ = try await connection.next() }
        }
    }

    @Test func aRebootResetsEveryConnectionAndRefusesNewOnes() async throws {
        try await withRouterOSSimulatorServer(router) { server in
            try await RawConnection.open(server.port) { connection in
                router.reboot(downFor: .seconds(60))
                await #expect(throws: IOError.self) { _ = try await connection.next() }
            }
            // The reset may come before or after the connection counts as made.
            await #expect(throws: (any Error).self) {
                try await RawConnection.open(server.port) { _ in }
            }
            router.advance(by: .seconds(60))
            let answer = try await RawConnection.open(server.port) { connection in
                try await connection.send(count)
                return try await connection.next()
            }
            #expect(answer == ["!done", "=ret=1"])
        }
    }

    @Test func aClosedConnectionFreesItsSession() async throws {
        router.setMaxSessions(1)
        try await withRouterOSSimulatorServer(router) { server in
            try await RawConnection.open(server.port) { first in
                await #expect(throws: (any Error).self) {
                    try await RawConnection.open(server.port) { _ in }
                }
                try await first.send(["/quit"])
                #expect(try await first.next(2) == [["!fatal", "session terminated on request"]])
            }
            try await RawConnection.open(server.port) { _ in }
        }
        #expect(router.ledger.connections == 2)
    }

    @Test func theLedgerCountsBytesAsTheyAreOnTheWire() async throws {
        try await connect { connection in
            try await connection.send(count)
            _ = try await connection.next()
        }
        // /login =name=fichas =password=secret, and the print.
        #expect(router.ledger.bytesIn == (7 + 13 + 17 + 1) + (23 + 13 + 1))
        // !done, and !done =ret=1.
        #expect(router.ledger.bytesOut == (6 + 1) + (6 + 7 + 1))
    }
}
