import Shared

/// What events say about a ficha.
struct KnownFicha: Sendable, Equatable {
    let code: String
    var routerID: String
    var productID: Int64
    var productName: String
    var durationSeconds: Int64
    var batchID: String?
    var state: FichaState
    var clockQuality: ClockQuality
    var moves: Int64
    var mintedAt: Timestamp?
    var soldAt: Timestamp?
    var firstUsedAt: Timestamp?
    var expiresAt: Timestamp?
    var endedAt: Timestamp?

    init(_ ficha: FichaEvent.Ficha) {
        code = ficha.code
        routerID = ficha.routerID
        productID = ficha.productID
        productName = ficha.productName
        durationSeconds = ficha.durationSeconds
        batchID = ficha.batchID
        state = ficha.to
        clockQuality = ficha.clockQuality
        moves = ficha.moves
        mintedAt = ficha.mintedAt
        soldAt = ficha.soldAt
        firstUsedAt = ficha.firstUsedAt
        expiresAt = ficha.expiresAt
        endedAt = ficha.endedAt
    }

    /// Nil for a venta that delivered nothing.
    init?(_ venta: VentaEvent.Venta, at time: Timestamp) {
        guard venta.outcome == .delivered, let code = venta.fichaCode else { return nil }
        self.code = code
        routerID = venta.routerID
        productID = venta.productID
        productName = venta.productName
        durationSeconds = venta.durationSeconds
        state = .sold
        // A venta does not say; what makes its time implausible, the ledger of ventas finds out.
        clockQuality = .restored
        moves = 0
        soldAt = time
    }

    /// One that was handed over to a reseller.
    init(_ code: String, of fichas: ConsignedFichas, batchID: String, soldAt: Timestamp) {
        self.init(code, of: fichas, state: .sold)
        self.batchID = batchID
        self.soldAt = soldAt
    }

    /// One that a reseller brought back.
    init(_ code: String, of fichas: ConsignedFichas, voidedAt: Timestamp) {
        self.init(code, of: fichas, state: .voided)
        endedAt = voidedAt
    }

    private init(_ code: String, of fichas: ConsignedFichas, state: FichaState) {
        self.code = code
        self.state = state
        routerID = fichas.routerID
        productID = fichas.productID
        productName = fichas.productName
        durationSeconds = fichas.durationSeconds
        // As with a venta.
        clockQuality = .restored
        moves = 0
    }

    /// How far along its life: a lower one never replaces a higher one.
    var rank: Int64 {
        switch state {
        case .reserved: 0
        case .minted: 1
        case .sold: 2
        case .active: 3
        case .expired, .voided, .refunded: 4
        }
    }

    /// Takes over what a later event says.
    mutating func merge(_ later: KnownFicha) {
        let older = later.rank >= rank ? self : later
        var newer = later.rank >= rank ? later : self
        newer.batchID = newer.batchID ?? older.batchID
        newer.mintedAt = newer.mintedAt ?? older.mintedAt
        newer.soldAt = newer.soldAt ?? older.soldAt
        newer.firstUsedAt = newer.firstUsedAt ?? older.firstUsedAt
        newer.expiresAt = newer.expiresAt ?? older.expiresAt
        newer.endedAt = newer.endedAt ?? older.endedAt
        self = newer
    }
}
