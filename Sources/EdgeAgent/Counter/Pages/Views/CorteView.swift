import Shared

/// A corte that is done.
struct CorteView: Sendable {
    let name: String
    let time: String
    let cashier: String
    let folios: String
    let sales: Int64
    let sold: String
    let voids: Int64
    let voided: String
    /// Nil where no reseller paid into the till.
    let abonos: String?
    let abonoCount: Int64
    let expected: String
    let counted: String
    let difference: String
    /// A class of the style sheet.
    let tone: String
    let url: String

    init(_ corte: Corte, calendar: SiteCalendar) {
        let figures = corte.figures
        func text(_ cents: Int64) -> String { Money(cents: cents, currency: figures.currency).displayText }
        name = "\(corte.tillNumber)-C\(figures.number)"
        time = calendar.text(corte.at)
        cashier = corte.cashierName
        folios = figures.lastFolio < figures.firstFolio ? "ninguno" : "\(figures.firstFolio) a \(figures.lastFolio)"
        sales = figures.saleCount
        sold = text(figures.soldCents)
        voids = figures.voidCount
        voided = text(figures.voidedCents)
        abonos = figures.abonoCents.map(text)
        abonoCount = figures.abonoCount ?? 0
        expected = text(figures.expectedCents)
        counted = text(figures.countedCents)
        let cents = figures.differenceCents
        difference = cents == 0 ? "Cuadra" : (cents < 0 ? "Faltan " : "Sobran ") + text(abs(cents))
        tone = cents == 0 ? "notice" : "notice bad"
        url = CounterPath.corte(corte.id)
    }
}
