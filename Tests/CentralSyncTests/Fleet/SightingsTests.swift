import Shared
import Testing

@testable import CentralSync

@Suite struct SightingsTests {
    private let now = Timestamp(seconds: 1_800_000_000)
    private let credential = SHA256Digest(of: "fcb_1".utf8)

    private func poll(unsynced: Int64 = 0, version: Int64 = 3, sentAt: Timestamp? = nil) -> SyncPoll.Request {
        SyncPoll.Request(
            appliedVersion: version,
            refusal: nil,
            waitSeconds: 50,
            sentAt: sentAt ?? now,
            report: BoxReport(
                softwareVersion: "0.1.0",
                startedAt: now,
                unsyncedEvents: unsynced,
                purchasesInDoubt: 0,
                purchasesForAttention: 0,
                routers: [BoxReport.Router(id: "rtr_1", isConnected: true)]
            ),
            results: []
        )
    }

    @Test func `the same words are not written down again, for half a minute`() {
        let sightings = Sightings()
        #expect(!sightings.isFresh(credential, at: now) && !sightings.isKnown(poll(), from: credential, at: now))
        sightings.note(poll(), from: credential, at: now)
        let later = now + .seconds(30)
        #expect(sightings.isFresh(credential, at: later))
        #expect(sightings.isKnown(poll(sentAt: later), from: credential, at: later))
        let tooLate = now + .seconds(31)
        #expect(sightings.isFresh(credential, at: now + .seconds(90)))
        #expect(!sightings.isFresh(credential, at: now + .seconds(91)))
        #expect(!sightings.isKnown(poll(sentAt: tooLate), from: credential, at: tooLate))
        // Our clock was set back.
        #expect(!sightings.isKnown(poll(sentAt: now - .seconds(1)), from: credential, at: now - .seconds(1)))
        #expect(!sightings.isFresh(SHA256Digest(of: "fcb_2".utf8), at: now))
    }

    @Test func `whatever is news is written down`() {
        let sightings = Sightings()
        sightings.note(poll(), from: credential, at: now)
        #expect(!sightings.isKnown(poll(unsynced: 1), from: credential, at: now))
        #expect(!sightings.isKnown(poll(version: 4), from: credential, at: now))
        #expect(!sightings.isKnown(poll(sentAt: now - .seconds(20)), from: credential, at: now))
        var refusing = poll()
        refusing.refusal = "no"
        #expect(!sightings.isKnown(refusing, from: credential, at: now))
        var answering = poll()
        answering.results = [CommandResult(commandID: "cmd_1", isDone: true, answer: .null)]
        #expect(!sightings.isKnown(answering, from: credential, at: now))
    }
}
