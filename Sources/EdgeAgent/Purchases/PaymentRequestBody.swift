import ServerKit
import Shared

/// The body of `POST /payments/pagar-conekta`, with the field names of the portals that are already out there.
struct PaymentRequestBody: Decodable {
    let productID: Int64
    let cardToken: Secret<String>
    let customerName: String
    let customerEmail: String
    let macAddress: String?
    let autoConnect: Bool?
    /// What the page showed; refused when the ficha costs something else by now.
    let priceCents: Int64?

    enum CodingKeys: String, CodingKey {
        case productID = "product_id"
        case cardToken = "card_token"
        case customerName = "customer_name"
        case customerEmail = "customer_email"
        case macAddress = "mac_address"
        case autoConnect = "auto_connect"
        case priceCents = "price_cents"
    }

    /// The hardware address the page claims; nil when it claims none.
    ///
    /// - Throws: `APIError` 422 when it is not one. Captive pages that could not fill it in send it empty.
    func claimedMACAddress() throws(APIError) -> MACAddress? {
        guard let macAddress, !macAddress.isEmpty else { return nil }
        guard let address = MACAddress(macAddress) else {
            throw .invalidField("mac_address", "debe ser una dirección MAC como AA:BB:CC:DD:EE:FF")
        }
        return address
    }

    /// - Throws: `APIError` 422 naming the first field that is wrong.
    func buyer() throws(APIError) -> CheckedBuyer {
        do {
            return try CheckedBuyer(cardToken: cardToken, name: customerName, email: customerEmail)
        } catch {
            throw switch error {
            case .cardToken: APIError.invalidField("card_token", "no es un token de tarjeta")
            case .name: APIError.invalidField("customer_name", "debe tener de 2 a 120 letras")
            case .email: APIError.invalidField("customer_email", "debe ser un correo electrónico")
            }
        }
    }
}
