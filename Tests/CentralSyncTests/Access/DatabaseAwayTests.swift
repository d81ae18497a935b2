import HTTPTypes
import Testing

@testable import CentralSync

@Suite(.timeLimit(.minutes(1))) struct DatabaseAwayTests {
    @Test(arguments: DatabaseKind.allCases)
    func `a database that cannot be used is not a failure of ours but a moment to wait`(
        _ kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            #expect(try await centre.request(.get, "/auth/me", token: token).status == 200)
            switch centre.centre.database {
            case let database as SQLiteCentralDatabase: try database.close()
            case let database as PostgresCentralDatabase: await database.close()
            default: Issue.record("which database?")
            }
            let answer = try await centre.request(.get, "/auth/me", token: token)
            #expect(answer.status == 503 && answer.code == "unavailable", "\(answer.text)")
            #expect(answer.headers[.retryAfter] == "2")
        }
    }
}
