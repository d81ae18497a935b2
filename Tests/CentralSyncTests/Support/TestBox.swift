import Crypto
import Foundation
import HTTPTypes
import Shared
import Testing

@testable import CentralSync

/// A box that was enrolled over HTTP and asks as a box does.
struct TestBox: Sendable {
    let centre: CentralFixture
    let id: String
    let credential: String
    let signingKey: Curve25519.Signing.PublicKey

    /// Gives out a code for a site as the centre does.
    static func code(_ centre: CentralFixture, empresa: String = "1") async throws -> EnrolmentCode {
        let now = centre.time.now
        return try await centre.centre.database.write { session in
            try EnrolmentStore.issue(empresaID: "emp_" + empresa, siteID: "site_" + empresa, at: now, in: session).code
        }
    }

    static func enrolment(_ code: String, incarnation: String = Tenants.incarnation) -> String {
        #"{"code":"\#(code)","incarnation":"\#(incarnation)","software_version":"1.0"}"#
    }

    static func enrol(_ centre: CentralFixture, empresa: String = "1") async throws -> TestBox {
        let code = try await code(centre, empresa: empresa)
        let answer = try await centre.request(.post, "/sync/enroll", body: enrolment(code.grouped))
        #expect(answer.status == 201, "\(answer.text)")
        return try TestBox(centre: centre, reply: answer)
    }

    /// - Parameter reply: The answer to its code.
    init(centre: CentralFixture, reply: CentralAnswer) throws {
        let key = try #require(SHA256Digest(hexadecimal: reply["signing_key"]))
        self.centre = centre
        id = reply["box_id"]
        credential = reply["credential"]
        signingKey = try Curve25519.Signing.PublicKey(rawRepresentation: Data(key.bytes))
    }

    /// - Parameter wait: In seconds.
    func poll(
        applied: Int64,
        wait: Int = 0,
        refusal: String? = nil,
        report: BoxReport = TestBox.report(),
        results: [CommandResult] = []
    ) async throws -> CentralAnswer {
        let body = SyncPoll.Request(
            appliedVersion: applied,
            refusal: refusal,
            waitSeconds: wait,
            sentAt: centre.time.now,
            report: report,
            results: results
        )
        return try await post("/sync/poll", body)
    }

    /// The document an answer brings, believed only with the centre's signature.
    func snapshot(in answer: CentralAnswer) throws -> SiteSnapshot? {
        let reply = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(answer.text.utf8))
        return try reply.snapshot.map { try SiteSnapshot(json: $0.verified(by: signingKey)) }
    }

    func send(_ batch: EventBatch) async throws -> CentralAnswer {
        try await post("/sync/events", batch)
    }

    func post(_ path: String, _ body: some Encodable) async throws -> CentralAnswer {
        let text = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
        return try await centre.request(.post, path, token: credential, body: text)
    }

    static func report(routers: [BoxReport.Router] = []) -> BoxReport {
        BoxReport(
            softwareVersion: "1.0",
            startedAt: TestWallClock.start,
            unsyncedEvents: 0,
            purchasesInDoubt: 0,
            purchasesForAttention: 0,
            routers: routers
        )
    }
}
