import GRDB
import Purchasing
import Shared
import Store

/// A ficha in a reseller's hands was sold when it is used: nobody has to tell.
enum ResellerSale {
    /// Books the venta of a ficha that is used for the first time, in the transaction that notes the use; of one that was not
    /// handed over, nothing.
    ///
    /// Its name is the entrega's with the code, so that a box that was put back and sees the use again books the same.
    static func book(_ ficha: Ficha, at time: Timestamp, in db: Database) throws {
        guard ficha.batchID != nil else { return }
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT entrega.id, entrega.reseller_id, entrega.commission_bp FROM entrega_ficha
                        JOIN entrega ON entrega.id = entrega_ficha.entrega_id
                    WHERE entrega_ficha.code = ?
                    """
            ),
            arguments: [ficha.code.digits]
        )
        guard let row else { return }
        let price = ficha.product.price
        let entregaID: String = row["id"]
        let venta = VentaEvent.Venta(
            id: "\(entregaID)_\(ficha.code.digits)",
            method: "reseller",
            outcome: .delivered,
            routerID: ficha.routerID,
            productID: ficha.product.id,
            productName: ficha.product.name,
            durationSeconds: ficha.product.durationSeconds,
            fichaCode: ficha.code.digits,
            amountCents: price.cents,
            refundedCents: 0,
            currency: price.currency,
            orderID: nil,
            chargeID: nil,
            resellerID: row["reseller_id"],
            entregaID: entregaID,
            commissionCents: Commission.cents(ofPrice: price.cents, basisPoints: row["commission_bp"])
        )
        try db.executeCached(
            sql: """
                INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents,
                    currency, at_ms, entrega_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                venta.id, venta.method, venta.outcome.rawValue, venta.routerID, venta.productID, venta.fichaCode,
                venta.amountCents, venta.refundedCents, venta.currency, time.milliseconds, entregaID,
            ]
        )
        try Outbox.append(.venta(venta), at: time, in: db)
    }
}
