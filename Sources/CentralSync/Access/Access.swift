import Hummingbird
import ServerKit

/// Who may call a route, and what the handler gets to know about who calls.
///
/// Every route has one, because ``AccessRouter`` takes no route without it; and the type of the handler follows from it,
/// so that a handler that needs a ``Principal`` cannot stand behind an open route.
struct Access<Caller: Sendable>: Sendable {
    let rule: AccessRule
    let admit: @Sendable (AccessGate, Request, AppRequestContext) async throws -> Caller
}

extension Access where Caller == Void {
    /// Anybody, without a token: for logging in, and for what has a guard of its own (boxes).
    static var open: Access { Access(rule: .open) { _, _, _ in } }
}

extension Access where Caller == Principal {
    /// Whoever is signed in, for what concerns their own account only.
    static var signedIn: Access {
        Access(rule: .signedIn) { gate, request, context in
            try await gate.principal(of: request, context: context)
        }
    }

    /// People with one of these roles, wherever they belong: the handler sees to it that it shows nobody's things to
    /// others. For what belongs to an empresa take ``Access/empresa(_:)``.
    static func roles(_ roles: Role...) -> Access { only(Set(roles)) }

    /// Whoever is signed in and may act: for what concerns their own account only.
    static var anyRole: Access { only(Set(Role.allCases)) }

    private static func only(_ roles: Set<Role>) -> Access {
        Access(rule: .roles(roles)) { gate, request, context in
            try await gate.principal(of: request, context: context, roles: roles)
        }
    }
}

extension Access where Caller == EmpresaScope {
    /// People with one of these roles, acting in one empresa: the one in the path (`:empresa_id`) or in the query
    /// (`?empresa_id=`), else their own. One who belongs to an empresa finds no other (404); one who belongs to none has
    /// to name it (422).
    static func empresa(_ roles: Role...) -> Access {
        let roles = Set(roles)
        return Access(rule: .empresa(roles)) { gate, request, context in
            let principal = try await gate.principal(of: request, context: context, roles: roles)
            return try await gate.scope(of: principal, request: request, context: context)
        }
    }
}
