import NIOCore
import Shared

@testable import RouterOS

/// A connection whose router says anything at all. Used by the fuzzer and by the replay of its corpus.
///
/// The first byte chooses how the input is cut into reads and which requests are under way; the rest is what the router
/// sends. What must hold: no trap, nothing held beyond the limits, and every request ends exactly once.
struct FuzzedConnection {
    /// A promise of the code under test that this input broke.
    struct Broken: Error {
        let promise: String
    }

    private static let limits = SentenceDecoder.Limits(wordBytes: 1_024, words: 32, sentenceBytes: 4_096)
    private static let requests: UInt64 = 20

    private var machine = MachineBox()
    private var decoder = SentenceDecoder(limits: FuzzedConnection.limits)
    private var buffer = ByteBuffer()
    private var finished: Set<UInt64> = []
    private var isReady = false
    private var isClosed = false

    static func run(_ input: [UInt8]) throws {
        var connection = FuzzedConnection()
        try connection.run(input)
    }

    private mutating func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        _ = machine.value.connected()
        let step = Int(first & 0x0F) + 1
        var rest = input.dropFirst()
        while !rest.isEmpty && !isClosed {
            buffer.writeBytes(rest.prefix(step))
            rest = rest.dropFirst(step)
            do {
                while !isClosed, let sentence = try decoder.decode(buffer: &buffer) {
                    try check(sentence)
                    try received(sentence, givesUp: first & 0x10 != 0, timesOut: first & 0x20 != 0)
                }
            } catch let error as WireError {
                try end(machine.value.fail(.protocolViolation("\(error)")))
            }
            guard buffer.readableBytes <= Self.limits.wordBytes + 5 + step else { throw Broken(promise: "buffer") }
        }
        if !isClosed { try end(machine.value.fail(.lost("end of input"))) }
        guard !isReady || finished.count == Int(Self.requests) else { throw Broken(promise: "all end") }
    }

    private func check(_ sentence: Sentence) throws {
        guard !sentence.words.isEmpty, sentence.words.count <= Self.limits.words,
            sentence.words.allSatisfy({ (1...Self.limits.wordBytes).contains($0.bytes.count) }),
            sentence.words.reduce(0, { $0 + $1.bytes.count }) <= Self.limits.sentenceBytes
        else { throw Broken(promise: "limits of a sentence") }
        // Whatever it says, reading it must not trap.
        let row = Row(sentence)
        for (name, value) in sentence.attributes {
            _ = (
                value.text, row.flag(name), row.integer(name), row.duration(name), row.macAddress(name), row.list(name)
            )
        }
        _ = try? HotspotUser(row)
        _ = Trap(sentence).kind
    }

    private mutating func received(_ sentence: Sentence, givesUp: Bool, timesOut: Bool) throws {
        switch machine.value.received(sentence) {
        case .none, .write:
            break
        case .loggedIn:
            guard !isReady else { throw Broken(promise: "one login") }
            isReady = true
            for id in 1...Self.requests { _ = machine.value.send(["/a/print"], id: id, for: id) }
            if givesUp {
                switch machine.value.giveUp(3) {
                case .none: throw Broken(promise: "a written request can be given up")
                case .notSent(let id), .outcomeUnknown(let id): try finish(id)
                }
            }
        case .finish(let done):
            if let id = done.request { try finish(id) }
            guard timesOut else { break }
            switch machine.value.timeOut(20) {
            case .none: break
            case .notSent(let id): try finish(id)
            case .close(let id, let unfinished):
                try finish(id)
                try end(unfinished)
            }
        case .close(_, let unfinished):
            try end(unfinished)
        }
    }

    private mutating func end(_ unfinished: ConnectionStateMachine<UInt64>.Unfinished?) throws {
        guard let unfinished, !isClosed else { throw Broken(promise: "one end") }
        isClosed = true
        for id in unfinished.written + unfinished.waiting { try finish(id) }
    }

    private mutating func finish(_ id: UInt64) throws {
        guard finished.insert(id).inserted else { throw Broken(promise: "each ends once") }
    }

    /// A place for the move-only machine in a copyable value.
    private final class MachineBox {
        var value = ConnectionStateMachine<UInt64>(
            credentials: Credentials(username: "admin", password: Secret("secret"))
        )
    }
}
