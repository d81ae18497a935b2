import ServerKit
import Shared

/// Making and changing empresas.
struct EmpresaDesk: Sendable {
    let centre: Centre
    let principal: Principal

    func body(_ empresa: Empresa) -> EmpresaBody {
        EmpresaBody(empresa, centreKey: centre.snapshots.defaultConektaKeys?.publicKey)
    }

    /// - Throws: `APIError` 404.
    func find(_ id: String) async throws -> Empresa {
        guard let empresa = try await centre.database.read({ try EmpresaStore($0).find(id) }) else {
            throw APIError.notFound
        }
        return empresa
    }

    func list(_ filter: EmpresaFilter, page: PageRequest) async throws -> Page<EmpresaBody> {
        let rows = try await centre.database.read { try EmpresaStore($0).list(filter, page: page) }
        return Page(rows, for: page, cursor: { PageCursor($0.name, $0.id) }, item: body)
    }

    /// - Throws: `APIError` 422.
    func create(_ draft: EmpresaDraft) async throws -> Empresa {
        let (draft, now) = (try draft.checked(), centre.wallClock.now)
        let empresa = Empresa(
            id: RecordID.random("emp"),
            name: draft.name,
            supportContact: draft.supportContact,
            sendsShippingContact: false,
            isDisabled: draft.isDisabled ?? false,
            version: 1,
            createdAt: now,
            updatedAt: now
        )
        try await centre.database.write { session in
            try EmpresaStore(session).insert(empresa)
            try audit("empresa.create", before: nil, after: empresa, in: session)
        }
        return empresa
    }

    /// A disabled empresa sells nothing and its people are out; what was sold goes on.
    ///
    /// - Parameter isDisabled: Nil leaves it as it is.
    /// - Throws: `APIError` 404, 412, 422.
    func update(_ id: String, to draft: EmpresaDraft, isDisabled: Bool?, ifMatch: IfMatch) async throws -> Empresa {
        let draft = try draft.checked()
        return try await change(id, action: "empresa.update", ifMatch: ifMatch) { empresa, _ in
            empresa.name = draft.name
            empresa.supportContact = draft.supportContact
            empresa.isDisabled = isDisabled ?? empresa.isDisabled
        }
    }

    /// - Parameter keys: Known to Conekta; nil takes the empresa's own away.
    /// - Throws: `APIError` 404, 412.
    func setKeys(
        of id: String,
        to keys: ConektaKeyPair?,
        sendsShippingContact: Bool,
        ifMatch: IfMatch
    ) async throws -> Empresa {
        let sealed = try keys.map { keys in
            try centre.sealer.seal(keys.privateKey, for: .conektaKey(empresaID: id))
        }
        return try await change(id, action: "empresa.conekta", ifMatch: ifMatch) { empresa, session in
            empresa.conektaPublicKey = keys?.publicKey
            empresa.sendsShippingContact = sendsShippingContact
            try EmpresaStore(session).setKeys(of: id, publicKey: keys?.publicKey, sealedPrivateKey: sealed)
        }
    }

    // MARK: Parts

    /// All its boxes hear of it: name, telephone and keys stand in each site's document.
    private func change(
        _ id: String,
        action: String,
        ifMatch: IfMatch,
        _ body: @escaping @Sendable (inout Empresa, any SQLSession) throws -> Void
    ) async throws -> Empresa {
        let now = centre.wallClock.now
        return try await centre.database.write { session in
            guard let current = try EmpresaStore(session).find(id) else { throw APIError.notFound }
            try ifMatch.check(current.version)
            var empresa = current
            try body(&empresa, session)
            empresa.version += 1
            empresa.updatedAt = now
            try EmpresaStore(session).update(empresa)
            try SnapshotVersion.raiseAll(of: id, at: now, in: session)
            try audit(action, before: current, after: empresa, in: session)
            return empresa
        }
    }

    private func audit(_ action: String, before: Empresa?, after: Empresa, in session: any SQLSession) throws {
        let change = try AuditedChange(
            by: principal.actor,
            at: after.updatedAt,
            action: action,
            empresaID: after.id,
            subject: after.id,
            before: before.map(body),
            after: body(after)
        )
        try Audit.append(change, in: session)
    }
}
