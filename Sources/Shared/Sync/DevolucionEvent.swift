/// A reseller brought fichas back that nobody used, and they work no more: what a box tells the centre.
///
/// The identity is that of a ``VentaEvent``.
public struct DevolucionEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `devolucion`.
    public let kind: String
    public let at: Timestamp
    public let devolucion: Devolucion

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, devolucion: Devolucion) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "devolucion"
        self.at = at
        self.devolucion = devolucion
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, devolucion
    }

    public struct Devolucion: Sendable, Equatable, Codable {
        public let id: String
        /// What they were handed over with.
        public let entregaID: String
        public let resellerID: String
        /// Who took them back.
        public let cashierID: String
        public let fichas: ConsignedFichas

        public init(
            id: String,
            entregaID: String,
            resellerID: String,
            cashierID: String,
            fichas: ConsignedFichas
        ) {
            self.id = id
            self.entregaID = entregaID
            self.resellerID = resellerID
            self.cashierID = cashierID
            self.fichas = fichas
        }

        enum CodingKeys: String, CodingKey {
            case id, fichas
            case entregaID = "entrega_id"
            case resellerID = "reseller_id"
            case cashierID = "cashier_id"
        }
    }
}
