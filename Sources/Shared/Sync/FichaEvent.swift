/// A step in the life of a ficha: what a box tells the centre beside its ventas.
///
/// That a ficha was sold is not among them where a venta says so. The identity is that of a ``VentaEvent``.
public struct FichaEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `ficha`.
    public let kind: String
    /// The box's clock; `ficha.clock_quality` says how far to believe it.
    public let at: Timestamp
    public let ficha: Ficha

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, ficha: Ficha) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "ficha"
        self.at = at
        self.ficha = ficha
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, ficha
    }

    /// The ficha as the step left it, so that the last event says all there is to know.
    public struct Ficha: Sendable, Equatable, Codable {
        public let code: String
        /// Nil for one that was made.
        public let from: FichaState?
        public let to: FichaState
        public let routerID: String
        public let productID: Int64
        public let productName: String
        public let priceCents: Int64
        public let currency: String
        /// All of it, with what was given on top.
        public let durationSeconds: Int64
        public let clock: FichaClock
        public let clockQuality: ClockQuality
        public let batchID: String?
        /// How often it went to another device.
        public let moves: Int64
        public let mintedAt: Timestamp
        public let soldAt: Timestamp?
        public let firstUsedAt: Timestamp?
        /// For `corrido`, once it is used.
        public let expiresAt: Timestamp?
        public let endedAt: Timestamp?

        public init(
            code: String,
            from: FichaState?,
            to: FichaState,
            routerID: String,
            productID: Int64,
            productName: String,
            priceCents: Int64,
            currency: String,
            durationSeconds: Int64,
            clock: FichaClock,
            clockQuality: ClockQuality,
            batchID: String?,
            moves: Int64,
            mintedAt: Timestamp,
            soldAt: Timestamp?,
            firstUsedAt: Timestamp?,
            expiresAt: Timestamp?,
            endedAt: Timestamp?
        ) {
            self.code = code
            self.from = from
            self.to = to
            self.routerID = routerID
            self.productID = productID
            self.productName = productName
            self.priceCents = priceCents
            self.currency = currency
            self.durationSeconds = durationSeconds
            self.clock = clock
            self.clockQuality = clockQuality
            self.batchID = batchID
            self.moves = moves
            self.mintedAt = mintedAt
            self.soldAt = soldAt
            self.firstUsedAt = firstUsedAt
            self.expiresAt = expiresAt
            self.endedAt = endedAt
        }

        enum CodingKeys: String, CodingKey {
            case code, from, to, currency, clock, moves
            case routerID = "router_id"
            case productID = "product_id"
            case productName = "product_name"
            case priceCents = "price_cents"
            case durationSeconds = "duration_seconds"
            case clockQuality = "clock_quality"
            case batchID = "batch_id"
            case mintedAt = "minted_at"
            case soldAt = "sold_at"
            case firstUsedAt = "first_used_at"
            case expiresAt = "expires_at"
            case endedAt = "ended_at"
        }
    }
}
