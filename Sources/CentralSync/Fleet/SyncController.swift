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

    let centre: Centre
    let loginGuard: LoginGuard
    let load = SyncLoad()
    let sightings = Sightings()

    private var gate: BoxGate { BoxGate(database: centre.database) }

    /// Open to people's eyes: a box shows its code or its credential, which the handlers look at.
    func addRoutes(to router: AccessRouter) {
        router.post("/sync/enroll", .open) { request, context, _ in try await enroll(request, context) }
        router.post("/sync/poll", .open) { request, context, _ in
            let credential = try gate.credential(of: request)
            let isFresh = sightings.isFresh(credential, at: centre.wallClock.now)
            return try await load.run(mayBeSentAway: !isFresh) {
                try await poll(request, from: gate.box(showing: credential), credential, context)
            }
        }
        router.post("/sync/events", .open) { request, context, _ in
            try await load.run { try await takeEvents(request, from: gate.box(of: request), context) }
        }
        router.post("/sync/epoch", .open) { request, context, _ in
            try await openEpoch(request, of: gate.box(of: request), context)
        }
    }

    // MARK: Enrolment

    private func enroll(_ request: Request, _ context: AppRequestContext) async throws -> Response {
        try loginGuard.admitRequest(from: context.peerAddress ?? "")
        let body: Enrolment.Request = try await request.decodeJSON()
        guard Self.isIncarnation(body.incarnation) else {
            throw APIError.invalidField("incarnation", "debe tener 32 cifras hexadecimales")
        }
        let now = centre.wallClock.now
        let credential = BoxGate.newCredential()
        let digest = SHA256Digest(of: credential)
        guard let code = EnrolmentCode(typed: body.code),
            let box = try await centre.database.write({ session in
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
            signingKey: SHA256Digest.hexadecimal(of: Array(centre.snapshots.publicKey.rawRepresentation))
        )
        return try JSONAnswer(reply).response(status: .created)
    }

    // MARK: Polling

    /// Answers at once when there is something to say, else when there is, else empty when the wait is over.
    ///
    /// The head of an answer that is held back goes out at once. What stands between the connection and this handler then
    /// ends, and with it the memory it takes: thousands of boxes wait at the same time (decision 0014).
    private func poll(
        _ request: Request,
        from box: Box,
        _ credential: Shared.SHA256Digest,
        _ context: AppRequestContext
    ) async throws -> Response {
        let poll: SyncPoll.Request = try await request.decodeJSON(maximumBytes: EventBatch.maximumBytes)
        try await note(poll, of: box, credential)
        let targets: [WakeStore.Target] = [.site(box.siteID, empresaID: box.empresaID), .empresa(box.empresaID)]
        let limit = min(Self.longestWait, .seconds(max(0, poll.waitSeconds)))
        let ticket = centre.waiters.ticket(for: targets, within: limit)
        let question = PollQuestion(box: box, appliedVersion: poll.appliedVersion, position: poll.position)
        let news = try await question.news(at: centre)
        if !news.isEmpty || ticket.isOver { return try JSONAnswer(news).response() }
        if centre.waiters.isClosed {
            var error = APIError(.serviceUnavailable, code: "restarting", message: "El centro se está reiniciando.")
            error.retryAfterSeconds = centre.waiters.pauseSeconds
            throw error
        }
        let centre = centre
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: JSONEncoder().encode(question.answer(to: ticket, at: centre))))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json; charset=utf-8"], body: body)
    }

    private func note(_ poll: SyncPoll.Request, of box: Box, _ credential: Shared.SHA256Digest) async throws {
        let now = centre.wallClock.now
        guard !sightings.isKnown(poll, from: credential, at: now) else { return }
        let report = String(decoding: try JSONEncoder().encode(poll.report), as: UTF8.self)
        try await centre.database.write(.short, .byRowLocks) { session in
            try BoxStore.note(poll, of: box, report: report, at: now, in: session)
            for result in poll.results { try CommandStore.answer(result, from: box, at: now, in: session) }
        }
        sightings.note(poll, from: credential, at: now)
    }

    // MARK: Events

    private func takeEvents(_ request: Request, from box: Box, _ context: AppRequestContext) async throws -> Response {
        let batch = try await request.decodeJSON(
            EventBatch.self,
            maximumBytes: EventBatch.maximumBytes,
            plainly: PlainBatch.read
        )
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
        let now = centre.wallClock.now
        return try await centre.database.write(.short, .byRowLocks) { session in
            try IngestStore(
                box: box,
                batch: batch,
                timeZone: SiteTimeZone.of(box, in: session),
                now: now,
                session: session
            ).run()
        }
    }

    private func openEpoch(_ request: Request, of box: Box, _ context: AppRequestContext) async throws -> Response {
        let body: EpochRequest = try await request.decodeJSON()
        guard Self.isIncarnation(body.incarnation) else {
            throw APIError.invalidField("incarnation", "debe tener 32 cifras hexadecimales")
        }
        let now = centre.wallClock.now
        let epoch = try await centre.database.write { try BoxStore.epoch(for: body, of: box, at: now, in: $0) }
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
