public import Shared

/// The one account the simulator knows: its keys and the settings that change what the API does.
public struct ConektaAccount: Sendable {
    /// What the server's calls authenticate with.
    public var privateKey: Secret<String>
    /// What the browser tokenizes with.
    public var publicKey: String
    /// A live account refuses the test tokens.
    public var livemode = false
    /// Name of the shop, on the 3DS page and in `GET /companies/current`.
    public var companyName = "WiFi de Prueba"
    /// 3DS setting of the account, as `GET /companies/current` shows it: `smart`, `strict` or nil.
    public var threeDSMode: String?
    /// Some accounts must send `shipping_contact` even for digital goods (reference `conekta.md` §2.2).
    public var requiresShippingContact = false

    public init(
        privateKey: Secret<String> = Secret("key_privada_de_prueba_01"),
        publicKey: String = "key_publica_de_prueba_01"
    ) {
        self.privateKey = privateKey
        self.publicKey = publicKey
    }
}
