import Purchasing
import Shared

/// Asks which fichas are handed over, and how many.
struct HandOverView: Sendable {
    struct Choice: Sendable {
        let batchID: String
        let text: String
        let isChosen: Bool
    }

    let frame: CounterFrame
    let name: String
    let rate: String
    let choices: [Choice]
    let hasStock: Bool
    let entregaID: String
    let count: String
    let problem: String?
    let action: String
    let backURL: String

    init(
        _ reseller: SiteSnapshot.Reseller,
        stock: [(batch: Batch, left: Int64)],
        id: CounterID<Entrega>,
        typed: EntregaForm?,
        problem: String?,
        site: SiteSnapshot,
        frame: CounterFrame
    ) {
        self.frame = frame
        name = reseller.name
        rate = RateText.text(reseller.commissionBasisPoints)
        let calendar = SiteCalendar(site)
        choices = stock.map { batch, left in
            let price = batch.product.price.displayText
            return Choice(
                batchID: batch.id.text,
                text: "\(batch.product.name) · \(price) · quedan \(left) · \(calendar.text(batch.createdAt))",
                isChosen: batch.id.text == typed?.batchID
            )
        }
        hasStock = !choices.isEmpty
        entregaID = id.text
        count = String((typed?.count ?? "").prefix(10))
        self.problem = problem
        action = CounterPath.handOver(reseller.id)
        backURL = CounterPath.reseller(reseller.id)
    }
}
