import HTTPTypes
import ServerKit
import Shared

/// Has a router's box do something now, for a person who waits for it.
struct RouterCommandDesk: Sendable {
    let centre: Centre
    let scope: EmpresaScope
    /// How long the box may take.
    var limit = Duration.seconds(15)

    /// - Parameter kind: One of ``BoxCommand/Kind``.
    /// - Throws: `APIError` 404; 409 while the site has no box; 502 for what the box could not do; 504 when it is away.
    func run<Answer: Decodable>(_ kind: String, at routerID: String) async throws -> Answer {
        let found = try await centre.database.read { session in
            guard let router = try RouterStore(session).find(routerID, of: scope.empresaID) else {
                throw APIError.notFound
            }
            return try BoxStore.serving(siteID: router.siteID, of: scope.empresaID, in: session)
        }
        guard let (box, lastSeenAt) = found else { throw APIError.boxMissing }
        guard centre.wallClock.now - lastSeenAt <= Box.awayAfter else { throw boxAway(since: lastSeenAt) }
        let desk = CommandDesk(database: centre.database, waiters: centre.waiters, wallClock: centre.wallClock)
        let arguments = try JSONValue(encoding: RouterArguments(routerID: routerID))
        guard let result = try await desk.run(kind, arguments, at: box, within: limit) else {
            throw boxAway(since: lastSeenAt)
        }
        if result.isDone, let answer: Answer = try? result.answer.decoded() { return answer }
        throw APIError.commandFailed(try? result.answer.decoded(as: CommandFailure.self))
    }

    private func boxAway(since lastSeenAt: Timestamp) -> APIError {
        let seconds = max(0, (centre.wallClock.now - lastSeenAt).components.seconds)
        var error = APIError(
            .gatewayTimeout,
            code: "box_away",
            message: "La caja del sitio no contestó. La vimos por última vez hace \(Self.text(seconds))."
        )
        error.extra["last_seen_at"] = lastSeenAt
        error.extra["last_seen_seconds"] = seconds
        return error
    }

    private static func text(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) días"
        }
    }
}

extension APIError {
    /// 409
    fileprivate static var boxMissing: APIError {
        APIError(
            .conflict,
            code: "box_missing",
            message: "El sitio todavía no tiene caja. Dala de alta con su código."
        )
    }

    /// 502 with the box's own words, as far as they are words.
    fileprivate static func commandFailed(_ failure: CommandFailure?) -> APIError {
        let isCode = failure?.code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F } == true
        guard let failure, isCode, (1...40).contains(failure.code.utf8.count) else {
            let message = "La caja contestó algo que no entendemos. Puede que necesite actualizarse."
            return APIError(.badGateway, code: "box_answer_unreadable", message: message)
        }
        return APIError(.badGateway, code: failure.code, message: String(failure.message.prefix(300)))
    }
}
