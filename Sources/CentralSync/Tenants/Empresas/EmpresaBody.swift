import Shared

/// An empresa as answers and the audit log show it. Members that are not there are left out.
struct EmpresaBody: Encodable, Sendable, Equatable {
    /// Where the money of its cards goes.
    struct Conekta: Encodable, Sendable, Equatable {
        enum Source: String, Encodable {
            case own
            /// The centre's, for empresas without keys of their own.
            case centre
            /// It sells no cards.
            case none
        }

        let source: Source
        let publicKey: String?
        let sendsShippingContact: Bool

        enum CodingKeys: String, CodingKey {
            case source
            case publicKey = "public_key"
            case sendsShippingContact = "sends_shipping_contact"
        }
    }

    let id: String
    let name: String
    let supportContact: String?
    let conekta: Conekta
    let isDisabled: Bool
    let version: Int64
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// - Parameter centreKey: The public key of empresas without one of their own.
    init(_ empresa: Empresa, centreKey: String?) {
        id = empresa.id
        name = empresa.name
        supportContact = empresa.supportContact
        conekta = Conekta(
            source: empresa.conektaPublicKey != nil ? .own : centreKey != nil ? .centre : .none,
            publicKey: empresa.conektaPublicKey ?? centreKey,
            sendsShippingContact: empresa.sendsShippingContact
        )
        isDisabled = empresa.isDisabled
        version = empresa.version
        createdAt = empresa.createdAt
        updatedAt = empresa.updatedAt
    }

    enum CodingKeys: String, CodingKey {
        case id, name, conekta, version
        case supportContact = "support_contact"
        case isDisabled = "is_disabled"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
