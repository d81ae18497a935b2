import Logging
import Shared

/// What the features of the centre share.
struct Centre: Sendable {
    let database: any CentralDatabase
    let wallClock: WallClock
    let sealer: Sealer
    let sessionTokens: SessionTokens
    let passwordHasher: PasswordHasher
    let logger: Logger

    init(
        settings: CentralSettings,
        database: any CentralDatabase,
        passwordHasher: PasswordHasher = PasswordHasher(),
        wallClock: WallClock,
        logger: Logger
    ) {
        self.database = database
        self.passwordHasher = passwordHasher
        self.wallClock = wallClock
        self.logger = logger
        sealer = Sealer(masterKey: settings.masterKey)
        sessionTokens = SessionTokens(secret: settings.sessionSecret)
    }

    var gate: AccessGate { AccessGate(database: database, tokens: sessionTokens, wallClock: wallClock) }
}
