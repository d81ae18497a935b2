import GRDB
import Purchasing
import Shared

// What a purchase by card does with its ficha, in the purchase's own transactions. None of it is news for the centre: a
// code that is only kept is nobody's ficha, and that one was sold is in the venta.
extension FichaStore {
    /// Keeps a code for a purchase.
    ///
    /// - Throws: ``FichaCodeTaken``.
    static func reserve(_ code: FichaCode, for purchase: Purchase, at time: Timestamp, in db: Database) throws {
        try insert(Ficha.reserve(code, for: purchase, at: time), in: db)
    }

    /// Lets go of a code that was kept; one that was not is left as it is.
    static func release(_ code: FichaCode, at time: Timestamp, in db: Database) throws {
        guard var ficha = try ficha(code, in: db), ficha.state == .reserved else { return }
        try ficha.release(at: time)
        try FichaRecord(ficha).update(db)
    }

    /// The purchase is delivered: its ficha is sold.
    static func deliver(_ code: FichaCode, to buyer: MACAddress?, at time: Timestamp, in db: Database) throws {
        guard var ficha = try ficha(code, in: db) else { throw NoSuchFicha() }
        try ficha.deliver(to: buyer, at: time)
        try FichaRecord(ficha).update(db)
    }
}
