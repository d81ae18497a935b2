import HTTPTypes
import Hummingbird
import ServerKit
import Shared

/// Finds out who calls. The token says which session, the database says whether it and its owner are still good: one who
/// was disabled a moment ago is out now, whatever the token says.
struct AccessGate: Sendable {
    let database: any CentralDatabase
    let tokens: SessionTokens
    let wallClock: WallClock

    /// - Throws: `APIError` 401.
    func principal(of request: Request, context: AppRequestContext) async throws -> Principal {
        let now = wallClock.now
        let claims: SessionClaims
        do {
            claims = try tokens.verify(try bearer(request), now: now)
        } catch TokenError.expired {
            throw APIError.tokenExpired
        } catch is TokenError {
            throw APIError.tokenInvalid
        }
        let address = context.peerAddress ?? ""
        let principal = try await database.read { session in
            try PrincipalQuery.find(claims, now: now, address: address, in: session)
        }
        guard let principal else { throw APIError.sessionEnded }
        return principal
    }

    /// - Throws: `APIError` 401; 403 for another role, or before the first password was changed.
    func principal(
        of request: Request,
        context: AppRequestContext,
        roles: Set<Role>
    ) async throws -> Principal {
        let principal = try await principal(of: request, context: context)
        guard roles.contains(principal.role) else { throw APIError.forbidden }
        guard !principal.mustChangePassword else { throw APIError.passwordChangeRequired }
        return principal
    }

    /// - Throws: `APIError` 404 for an empresa that is not there or not theirs, 422 when none is named.
    func scope(
        of principal: Principal,
        request: Request,
        context: AppRequestContext
    ) async throws -> EmpresaScope {
        let inPath = context.parameters.get("empresa_id")
        let inQuery = request.uri.queryParameters["empresa_id"].map(String.init)
        if let inPath, let inQuery, inPath != inQuery { throw APIError.notFound }
        if let own = principal.empresaID {
            guard (inPath ?? inQuery ?? own) == own else { throw APIError.notFound }
            return EmpresaScope(principal: principal, empresaID: own)
        }
        guard let named = inPath ?? inQuery else { throw APIError.empresaRequired }
        let exists = try await database.read { session in
            try session.first("SELECT empresa_id FROM empresa WHERE empresa_id = $1", [.text(named)]) != nil
        }
        guard exists else { throw APIError.notFound }
        return EmpresaScope(principal: principal, empresaID: named)
    }

    private func bearer(_ request: Request) throws(APIError) -> String {
        guard let field = request.headers[.authorization] else { throw .tokenMissing }
        let words = field.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else { throw .tokenMissing }
        return String(words[1])
    }
}
