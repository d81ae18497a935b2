import Shared

/// What the card page posts. Fields that are missing count as empty: each has a check that says what to do.
struct CardForm: Decodable, Sendable {
    let attempt: String
    let cardToken: Secret<String>
    let customerName: String
    let customerEmail: String
    /// The price the page showed, in centavos; nil where it says none.
    let priceCents: Int64?

    enum CodingKeys: String, CodingKey {
        case attempt = "intento"
        case cardToken = "card_token"
        case customerName = "customer_name"
        case customerEmail = "customer_email"
        case priceCents = "precio"
    }

    /// A form nothing was typed into.
    init() {
        attempt = ""
        cardToken = Secret("")
        customerName = ""
        customerEmail = ""
        priceCents = nil
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        attempt = try fields.decodeIfPresent(String.self, forKey: .attempt) ?? ""
        cardToken = try fields.decodeIfPresent(Secret<String>.self, forKey: .cardToken) ?? Secret("")
        customerName = try fields.decodeIfPresent(String.self, forKey: .customerName) ?? ""
        customerEmail = try fields.decodeIfPresent(String.self, forKey: .customerEmail) ?? ""
        priceCents = try fields.decodeIfPresent(String.self, forKey: .priceCents).flatMap(Int64.init)
    }

    /// What a buyer reads when one of the fields is not usable.
    static func explanation(of field: CheckedBuyer.WrongField) -> String {
        switch field {
        case .name: "Escribe tu nombre y apellido."
        case .email: "Revisa tu correo electrónico: debe verse como nombre@correo.com."
        case .cardToken: "No llegaron los datos de tu tarjeta. Escríbelos otra vez. No se te ha cobrado nada."
        }
    }
}
