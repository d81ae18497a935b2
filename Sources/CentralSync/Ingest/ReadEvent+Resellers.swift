import Shared

// What cannot be said about resellers, whoever says it.
extension ReadEvent {
    /// More than any batch has, and amounts whose sums overflow nothing.
    private static let maximumCount: Int64 = 1_000_000_000
    private static let maximumCents: Int64 = 100_000_000_000
    private static let maximumLines = 1_000

    static func isPlausible(_ entrega: EntregaEvent.Entrega) -> Bool {
        let texts = [
            entrega.id, entrega.resellerID, entrega.resellerName, entrega.cashierID, entrega.batchID, entrega.currency,
        ]
        return arePlausible(texts) && !entrega.id.isEmpty && isPlausible(entrega.fichas)
            && (0...maximumCents).contains(entrega.priceCents)
            && (0...entrega.priceCents).contains(entrega.commissionCents)
            && Commission.basisPoints.contains(entrega.commissionBasisPoints)
    }

    static func isPlausible(_ devolucion: DevolucionEvent.Devolucion) -> Bool {
        arePlausible([devolucion.id, devolucion.entregaID, devolucion.resellerID, devolucion.cashierID])
            && !devolucion.id.isEmpty && isPlausible(devolucion.fichas)
    }

    static func isPlausible(_ corte: ResellerCorteEvent.Corte) -> Bool {
        let texts = [
            corte.id, corte.resellerID, corte.resellerName, corte.currency, corte.cashierID, corte.tillID ?? "",
        ]
        let balances = -maximumCents...maximumCents
        return arePlausible(texts) && !corte.id.isEmpty && corte.lines.count <= maximumLines
            && [corte.owedCents, corte.abonoCents].allSatisfy { (0...maximumCents).contains($0) }
            && [corte.previousBalanceCents, corte.balanceCents].allSatisfy(balances.contains)
            && corte.balanceCents == corte.previousBalanceCents + corte.owedCents - corte.abonoCents
            && corte.lines.allSatisfy(isPlausible)
            && corte.owedCents == corte.lines.reduce(0) { $0 + $1.owedCents }
    }

    private static func isPlausible(_ line: ResellerCorteEvent.Line) -> Bool {
        let counts = [line.delivered, line.returned, line.used, line.inHand, line.sold, line.newSold]
        return arePlausible([line.productName]) && counts.allSatisfy { (0...maximumCount).contains($0) }
            && (0...maximumCents).contains(line.priceCents) && (0...line.priceCents).contains(line.commissionCents)
            && Commission.basisPoints.contains(line.commissionBasisPoints)
            && (0...maximumCents).contains(line.owedCents)
    }

    private static func isPlausible(_ fichas: ConsignedFichas) -> Bool {
        arePlausible([fichas.routerID, fichas.productName]) && (1...10_000).contains(fichas.codes.count)
            && fichas.codes.allSatisfy { (1...32).contains($0.utf8.count) && !$0.utf8.contains(0) }
    }
}
