public import Shared

/// How to reach Conekta for one empresa.
public struct ConektaConfiguration: Sendable {
    /// The bounds of the calls in time.
    public struct Timeouts: Sendable {
        /// For the name, the connection and the TLS handshake.
        public var connect: Duration
        /// For a charge, all in all: Conekta waits for the card's bank meanwhile (reference `conekta.md` §1).
        public var charge: Duration
        /// For any other call, all in all; a GET that is retried takes a few of them.
        public var other: Duration

        public init(connect: Duration = .seconds(5), charge: Duration = .seconds(60), other: Duration = .seconds(30)) {
            self.connect = connect
            self.charge = charge
            self.other = other
        }
    }

    /// `https://api.conekta.io`, or a simulator. A slash at its end is left out.
    public var baseURL: String
    public var privateKey: Secret<String>
    public var timeouts: Timeouts
    /// Some accounts demand a `shipping_contact` even for digital goods (reference `conekta.md` §2.2).
    public var sendsShippingContact: Bool

    public init(
        baseURL: String = "https://api.conekta.io",
        privateKey: Secret<String>,
        timeouts: Timeouts = Timeouts(),
        sendsShippingContact: Bool = false
    ) {
        self.baseURL = baseURL
        self.privateKey = privateKey
        self.timeouts = timeouts
        self.sendsShippingContact = sendsShippingContact
    }
}
