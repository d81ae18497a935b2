import Shared

/// The batches so far, and the form for another.
struct BatchListView: Sendable {
    struct Choice: Sendable {
        /// `router/product`.
        let shelf: String
        let text: String
    }

    let frame: CounterFrame
    let choices: [Choice]
    let batches: [BatchLineView]
    let newID: String
    let maximum = Batch.sizes.upperBound
    let problem: String?
    let action = CounterPath.batches

    init(_ batches: [Batch], newID: CounterID<Batch>, site: SiteSnapshot, problem: String?, frame: CounterFrame) {
        self.frame = frame
        let routers = site.routers.filter { frame.routerIDs.contains($0.id) }
        choices = routers.flatMap { router in
            site.catalogue(routerID: router.id).map { product in
                let place = routers.count > 1 ? " · \(router.name)" : ""
                return Choice(
                    shelf: "\(router.id)/\(product.id)",
                    text: "\(product.name) · \(product.price.displayText)\(place)"
                )
            }
        }
        let calendar = SiteCalendar(site)
        self.batches = batches.map { BatchLineView($0, calendar: calendar) }
        self.newID = newID.text
        self.problem = problem
    }
}
