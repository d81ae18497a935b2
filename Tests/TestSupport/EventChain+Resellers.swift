import Foundation
public import Shared

// What resellers are handed, bring back, sell and settle.
extension EventChain {
    private static func fichas(_ codes: [String]) -> ConsignedFichas {
        ConsignedFichas(codes: codes, routerID: "r1", productID: 1, productName: "1 hora", durationSeconds: 3_600)
    }

    private var next: Int64 { Int64(events.count) + 1 }

    private mutating func add(encoding event: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        add(String(decoding: try encoder.encode(event), as: UTF8.self))
    }

    /// Fichas at $15, of which the reseller keeps 20 %.
    public mutating func addEntrega(
        _ id: String,
        codes: [String],
        reseller: String = "rev_1",
        priceCents: Int64 = 1_500,
        at time: Timestamp = EventChain.now
    ) throws {
        let entrega = EntregaEvent.Entrega(
            id: id,
            resellerID: reseller,
            resellerName: "Lupita",
            cashierID: "usr_ana",
            batchID: "lot_1",
            fichas: Self.fichas(codes),
            priceCents: priceCents,
            currency: "MXN",
            commissionBasisPoints: 2_000,
            commissionCents: Commission.cents(ofPrice: priceCents, basisPoints: 2_000),
            firstNumber: 1,
            lastNumber: Int64(codes.count)
        )
        try add(encoding: EntregaEvent(boxID: boxID, epoch: epoch, seq: next, at: time, entrega: entrega))
    }

    public mutating func addDevolucion(
        _ id: String,
        of entregaID: String,
        codes: [String],
        reseller: String = "rev_1",
        at time: Timestamp = EventChain.now
    ) throws {
        let devolucion = DevolucionEvent.Devolucion(
            id: id,
            entregaID: entregaID,
            resellerID: reseller,
            cashierID: "usr_ana",
            fichas: Self.fichas(codes)
        )
        try add(encoding: DevolucionEvent(boxID: boxID, epoch: epoch, seq: next, at: time, devolucion: devolucion))
    }

    /// A ficha of an entrega was used first.
    public mutating func addResellerVenta(
        of entregaID: String,
        code: String,
        reseller: String = "rev_1",
        at time: Timestamp = EventChain.now
    ) throws {
        let venta = VentaEvent.Venta(
            id: "\(entregaID)_\(code)",
            method: "reseller",
            outcome: .delivered,
            routerID: "r1",
            productID: 1,
            productName: "1 hora",
            durationSeconds: 3_600,
            fichaCode: code,
            amountCents: 1_500,
            refundedCents: 0,
            currency: "MXN",
            orderID: nil,
            chargeID: nil,
            resellerID: reseller,
            entregaID: entregaID,
            commissionCents: 300
        )
        try add(encoding: VentaEvent(boxID: boxID, epoch: epoch, seq: next, at: time, venta: venta))
    }

    /// - Parameter newSold: At $12 each for the empresa.
    public mutating func addResellerCorte(
        _ id: String,
        number: Int64 = 1,
        previousBalanceCents: Int64 = 0,
        newSold: Int64,
        abonoCents: Int64,
        reseller: String = "rev_1",
        at time: Timestamp = EventChain.now
    ) throws {
        let line = ResellerCorteEvent.Line(
            productID: 1,
            productName: "1 hora",
            priceCents: 1_500,
            commissionBasisPoints: 2_000,
            commissionCents: 300,
            delivered: 10,
            returned: 1,
            used: 1,
            inHand: 9 - newSold,
            sold: newSold,
            newSold: newSold,
            owedCents: newSold * 1_200
        )
        let corte = ResellerCorteEvent.Corte(
            id: id,
            resellerID: reseller,
            resellerName: "Lupita",
            currency: "MXN",
            number: number,
            cashierID: "usr_ana",
            tillID: abonoCents > 0 ? "til_1" : nil,
            previousBalanceCents: previousBalanceCents,
            owedCents: newSold * 1_200,
            abonoCents: abonoCents,
            lines: [line]
        )
        try add(encoding: ResellerCorteEvent(boxID: boxID, epoch: epoch, seq: next, at: time, corte: corte))
    }
}
