import ServerKit
import Shared

/// A pair of keys as an owner gives it.
struct ConektaConfigDraft: Decodable, Sendable {
    let publicKey: String
    let privateKey: Secret<String>
    let sendsShippingContact: Bool?

    enum CodingKeys: String, CodingKey {
        case publicKey = "public_key"
        case privateKey = "private_key"
        case sendsShippingContact = "sends_shipping_contact"
    }

    /// The pair, if both can be keys. Blanks around are what copying leaves.
    ///
    /// - Throws: `APIError` 422.
    func pair() throws(APIError) -> ConektaKeyPair {
        let publicKey = try Self.key(publicKey, field: CodingKeys.publicKey.rawValue)
        let privateKey = try Self.key(privateKey.reveal(), field: CodingKeys.privateKey.rawValue)
        guard publicKey != privateKey else {
            throw .invalidField(CodingKeys.privateKey.rawValue, "no puede ser la misma que la pública")
        }
        return ConektaKeyPair(publicKey: publicKey, privateKey: Secret(privateKey))
    }

    private static func key(_ text: String, field: String) throws(APIError) -> String {
        let key = text.filter { !$0.isWhitespace }
        let isPlain = key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isPlain, key.hasPrefix("key_"), (8...128).contains(key.utf8.count) else {
            throw .invalidField(field, "no parece una llave de Conekta: empiezan con key_")
        }
        return key
    }
}
