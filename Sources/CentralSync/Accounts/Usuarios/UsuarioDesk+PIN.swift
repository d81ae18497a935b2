import ServerKit
import Shared

// The PIN a cajero sells with at the counter of a box, which is told its hash.
extension UsuarioDesk {
    /// - Throws: `APIError` 403, 404, 422, 503.
    func setPIN(of id: String, to draft: PINDraft) async throws -> Usuario {
        let pin = try draft.checked()
        let hash = try await centre.passwordHasher.hash(pin.digits)
        let now = centre.wallClock.now
        return try await write { session in
            let current = try changeable(id, in: UsuarioStore(session))
            guard current.role == .cajero else { throw APIError.invalidField("pin", "solo va con un cajero") }
            try CredentialStore(session).setPIN(of: id, to: hash, at: now)
            try Self.tellBoxes(of: [current], at: now, in: session)
            return try audited("usuario.pin", before: current, in: session)
        }
    }

    /// The documents of the empresas' sites say who sells there.
    static func tellBoxes(of usuarios: [Usuario], at now: Timestamp, in session: any SQLSession) throws {
        for empresaID in Set(usuarios.compactMap(\.empresaID)).sorted() {
            try SnapshotVersion.raiseAll(of: empresaID, at: now, in: session)
        }
    }
}
