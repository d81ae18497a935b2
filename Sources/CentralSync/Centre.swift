import Crypto
import Logging
import Outbound
import ServerKit
import Shared

/// What the features of the centre share.
struct Centre: Sendable {
    let database: any CentralDatabase
    let wallClock: WallClock
    let sealer: Sealer
    let sessionTokens: SessionTokens
    let portalKeys: PortalKeys
    let passwordHasher: PasswordHasher
    let outbound: any OutboundTransport
    /// Conekta's API, or a server that speaks it.
    let conektaURL: String
    let snapshots: SnapshotPress
    /// Those who wait at this centre to be told of changes.
    let waiters: Waiters
    let logger: Logger

    /// - Parameter signingKey: See ``CentreKeyStore``.
    init(
        settings: CentralSettings,
        database: any CentralDatabase,
        signingKey: Curve25519.Signing.PrivateKey,
        outbound: any OutboundTransport,
        passwordHasher: PasswordHasher = PasswordHasher(),
        waiters: Waiters = Waiters(),
        wallClock: WallClock,
        logger: Logger
    ) {
        self.database = database
        self.waiters = waiters
        self.passwordHasher = passwordHasher
        self.wallClock = wallClock
        self.logger = logger
        sealer = Sealer(masterKey: settings.masterKey)
        sessionTokens = SessionTokens(secret: settings.sessionSecret)
        portalKeys = PortalKeys(secret: settings.apiKeySecret)
        self.outbound = outbound
        conektaURL = settings.conektaURL
        snapshots = SnapshotPress(
            signingKey: signingKey,
            sealer: sealer,
            defaultConektaKeys: settings.conektaKeys.map {
                ConektaKeyPair(publicKey: $0.publicKey, privateKey: $0.privateKey)
            }
        )
    }

    var gate: AccessGate { AccessGate(database: database, tokens: sessionTokens, wallClock: wallClock) }

    /// What makes boxes hear of changes at this centre; without it nobody is woken.
    var wakeRunner: WakeRunner {
        WakeRunner(database: database, waiters: waiters, wallClock: wallClock, logger: logger)
    }
}
