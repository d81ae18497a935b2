import GRDB
import Shared
import Store

// Thousands of printed fichas at once, in the transaction of their entrega or devolucion: the steps of `Ficha+Life.swift`,
// each as one statement, because a sale at the counter waits for it. Their codes are in the event of the caller, so
// none of them is reported by itself.
extension FichaStore {
    /// ``Ficha/sell(buyer:at:)`` for all fichas of an entrega.
    ///
    /// - Throws: ``FichaError`` unless all of them were stock.
    static func handOver(entregaID: String, count: Int64, at moment: FichaMoment, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE ficha SET state = 'sold', sold_at_ms = ?, router_state = 'to_put'
                WHERE state = 'minted' AND code IN (SELECT code FROM entrega_ficha WHERE entrega_id = ?)
                """,
            arguments: [moment.wall.milliseconds, entregaID]
        )
        guard db.changesCount == count else { throw FichaError.wrongState(.sold) }
    }

    /// ``Ficha/void(at:)`` for all fichas of a devolucion.
    ///
    /// - Throws: ``FichaError`` unless all of them were handed over and not used.
    static func endBroughtBack(
        devolucionID: String,
        entregaID: String,
        count: Int64,
        at moment: FichaMoment,
        in db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE ficha SET state = 'voided', ended_at_ms = ?, router_state = 'to_remove'
                WHERE state = 'sold'
                    AND code IN (SELECT code FROM entrega_ficha WHERE entrega_id = ? AND devolucion_id = ?)
                """,
            arguments: [moment.wall.milliseconds, entregaID, devolucionID]
        )
        guard db.changesCount == count else { throw FichaError.wrongState(.active) }
    }
}
