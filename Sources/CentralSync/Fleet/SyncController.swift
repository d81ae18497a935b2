import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ServerKit
import Shared

/// What boxes ask: to be enrolled, what is new, and to take their events.
struct SyncController: Sendable {
    /// Longer than this no answer is held back; the way between may cut what is silent for a minute.
    private static let longestWait = Duration.seconds(55)

    let database: any CentralDatabase
    let gate: BoxGate
    let waiters: Waiters
    let snapshots: SnapshotPress
    let wallClock: WallClock
    var clock: any Clock<Duration> = ContinuousClock()

    func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.post("/sync/enroll", use: enroll)
        router.post("/sync/poll", use: poll)
        router.post("/sync/events", use: takeEvents)
        router.post("/sync/epoch", use: openEpoch)
    }

    // MARK: Enrolment

    @Sendable private func enroll(_ request: Request, context: AppRequestContext) async throws -> Response {
        let body: Enrolment.Request = try await request.decodeJSON()
        guard Self.isIncarnation(body.incarnation) else {
            throw APIError.invalidField("incarnation", "debe tener 32 cifras hexadecimales")
        }
        let now = wallClock.now
        let credential = BoxGate.newCredential()
        let digest = SHA256Digest(of: credential)
        guard let code = EnrolmentCode(typed: body.code),
            let box = try await database.write({ session in
                try EnrolmentStore.redeem(
                    code,
                    credential: digest,
                    incarnation: body.incarnation,
                    at: now,
                    in: session
                )
            })
        else {
            throw APIError(
                .forbidden,
                code: "enrolment_code_invalid",
                message: "El código de alta no es válido, ya se usó o venció. Pide uno nuevo."
            )
        }
        context.logger.notice("a box was enrolled", metadata: ["box": "\(box.boxID)", "site": "\(box.siteID)"])
        let reply = EnrolmentReplyBody(
            box: box,
            credential: credential,
            signingKey: SHA256Digest.hexadecimal(of: Array(snapshots.publicKey.rawRepresentation))
        )
        return try JSONAnswer(reply).response(status: .created)
    }

    // MARK: Polling

    /// Answers at once when there is something to say, else when there is, else empty when the wait is over.
    @Sendable private func poll(_ request: Request, context: AppRequestContext) async throws -> Response {
        let box = try await gate.box(of: request)
        let body: SyncPoll.Request = try await request.decodeJSON(maximumBytes: EventBatch.maximumBytes)
        try await note(body, of: box)
        let targets: [WakeStore.Target] = [.site(box.siteID, empresaID: box.empresaID), .empresa(box.empresaID)]
        let limit = min(Self.longestWait, .seconds(max(0, body.waitSeconds)))
        let reply = try await waiters.withTicket(for: targets) { ticket in
            let deadline = clock.now(advancedBy: limit)
            while true {
                let news = try await news(for: box, appliedVersion: body.appliedVersion)
                if news.snapshot != nil || !news.commands.isEmpty || deadline.isOver() { return news }
                await Self.wait(for: ticket, until: deadline)
                if Task.isCancelled { return news }
            }
        }
        return try JSONAnswer(reply).response(status: .ok)
    }

    private func note(_ poll: SyncPoll.Request, of box: Box) async throws {
        let report = String(decoding: try JSONEncoder().encode(poll.report), as: UTF8.self)
        let now = wallClock.now
        try await database.write { session in
            try BoxStore.note(poll, of: box, report: report, at: now, in: session)
            for result in poll.results { try CommandStore.answer(result, from: box, at: now, in: session) }
        }
    }

    private func news(for box: Box, appliedVersion: Int64) async throws -> SyncPoll.Reply {
        let now = wallClock.now
        let snapshots = snapshots
        return try await database.read { session in
            SyncPoll.Reply(
                serverTime: now,
                snapshot: try snapshots.snapshot(of: box, newerThan: appliedVersion, at: now, in: session),
                commands: try CommandStore.pending(for: box, at: now, in: session)
            )
        }
    }

    private static func wait(for ticket: WaitTicket, until deadline: WaitDeadline) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await ticket.wait() }
            group.addTask { await deadline.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: Events

    @Sendable private func takeEvents(_ request: Request, context: AppRequestContext) async throws -> Response {
        let box = try await gate.box(of: request)
        let batch: EventBatch = try await request.decodeJSON(maximumBytes: EventBatch.maximumBytes)
        guard (1...EventBatch.maximumEvents).contains(batch.events.count), batch.fromSeq >= 1 else {
            throw APIError.invalidField("events", "debe traer de 1 a \(EventBatch.maximumEvents) eventos")
        }
        switch try await ingest(batch, from: box) {
        case .acknowledged(let point):
            return try JSONAnswer(point).response(status: .ok)
        case .refused(let refusal, let point):
            if refusal == .fork {
                context.logger.error(
                    "a box's history split",
                    metadata: ["box": "\(box.boxID)", "epoch": "\(batch.epoch)", "from_seq": "\(batch.fromSeq)"]
                )
            }
            var error = APIError(.conflict, code: refusal.rawValue, message: "Los eventos no continúan los de aquí.")
            error.extra["acknowledged"] = point
            throw error
        }
    }

    private func ingest(_ batch: EventBatch, from box: Box) async throws -> IngestStore.Outcome {
        let now = wallClock.now
        for _ in 0..<3 {
            do {
                return try await database.write { session in
                    try IngestStore(
                        box: box,
                        batch: batch,
                        timeZone: SiteTimeZone.of(box, in: session),
                        now: now,
                        session: session
                    ).run()
                }
            } catch is IngestStore.Interrupted {
                continue
            }
        }
        throw APIError(.serviceUnavailable, code: "busy", message: "Intenta otra vez en un momento.")
    }

    @Sendable private func openEpoch(_ request: Request, context: AppRequestContext) async throws -> Response {
        let box = try await gate.box(of: request)
        let body: EpochRequest = try await request.decodeJSON()
        guard Self.isIncarnation(body.incarnation) else {
            throw APIError.invalidField("incarnation", "debe tener 32 cifras hexadecimales")
        }
        let now = wallClock.now
        let epoch = try await database.write { try BoxStore.epoch(for: body, of: box, at: now, in: $0) }
        context.logger.notice(
            "a box opened an epoch",
            metadata: ["box": "\(box.boxID)", "epoch": "\(epoch)", "reason": "\(body.reason.rawValue)"]
        )
        return try JSONAnswer(EpochRequest.Reply(epoch: epoch)).response(status: .ok)
    }

    private static func isIncarnation(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
