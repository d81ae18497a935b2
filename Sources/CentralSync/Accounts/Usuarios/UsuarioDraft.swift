import ServerKit
import Shared

/// What an administrator may say about a person, checked.
struct UsuarioDraft: Decodable, Sendable {
    private static let maximumName = 80
    private static let maximumRouters = 100

    private(set) var email: String
    private(set) var name: String
    let role: Role
    private(set) var empresaID: String?
    private(set) var routerIDs: [String]
    let isDisabled: Bool?
    /// Of a new person; without it one is made up and answered once.
    let password: Secret<String>?

    enum CodingKeys: String, CodingKey {
        case email, name, role, password
        case empresaID = "empresa_id"
        case routerIDs = "router_ids"
        case isDisabled = "is_disabled"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        email = try members.decode(String.self, forKey: .email)
        name = try members.decode(String.self, forKey: .name)
        role = try members.decode(Role.self, forKey: .role)
        empresaID = try members.decodeIfPresent(String.self, forKey: .empresaID)
        routerIDs = try members.decodeIfPresent([String].self, forKey: .routerIDs) ?? []
        isDisabled = try members.decodeIfPresent(Bool.self, forKey: .isDisabled)
        password = try members.decodeIfPresent(Secret<String>.self, forKey: .password)
    }

    /// The same with its texts in one form.
    ///
    /// - Parameter reach: Gives the empresa where only one is possible.
    /// - Throws: `APIError` 422.
    func checked(within reach: UsuarioReach) throws(APIError) -> UsuarioDraft {
        var draft = self
        guard let address = EmailAddress.normalised(email) else {
            throw .invalidField("email", "no es un correo electrónico")
        }
        draft.email = address
        draft.name = name.split { $0.isWhitespace }.joined(separator: " ")
        let isPlain = draft.name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard !draft.name.isEmpty, draft.name.count <= Self.maximumName, isPlain else {
            throw .invalidField("name", "debe tener de 1 a \(Self.maximumName) caracteres")
        }
        if let own = reach.empresaID {
            guard empresaID == nil || empresaID == own else { throw .invalidField("empresa_id", "no existe") }
            draft.empresaID = own
        }
        switch role {
        case .superAdmin:
            guard draft.empresaID == nil else { throw .invalidField("empresa_id", "no va con este rol") }
        case .clienteAdmin, .cajero:
            guard draft.empresaID != nil else { throw .invalidField("empresa_id", "es obligatorio con este rol") }
        case .tecnico: break
        }
        draft.routerIDs = Set(routerIDs).sorted()
        guard role == .cajero || routerIDs.isEmpty else { throw .invalidField("router_ids", "solo va con un cajero") }
        guard routerIDs.count <= Self.maximumRouters else { throw .invalidField("router_ids", "tiene demasiados") }
        return draft
    }
}
