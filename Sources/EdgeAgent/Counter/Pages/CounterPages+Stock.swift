import Shared

// The pages of batches and of printed fichas.
extension CounterPages {
    func batches(
        _ batches: [Batch],
        newID: CounterID<Batch>,
        site: SiteSnapshot,
        problem: String?,
        frame: CounterFrame
    ) -> String {
        let view = BatchListView(batches, newID: newID, site: site, problem: problem, frame: frame)
        return templates.render(.batches, view)
    }

    func batch(_ view: BatchView) -> String {
        templates.render(.batch, view)
    }

    /// - Parameter ficha: The one that was found.
    func printed(_ ficha: Ficha?, typed: String, problem: String?, frame: CounterFrame) -> String {
        var generator = SystemRandomNumberGenerator()
        let found = ficha.map { ficha in
            PrintedView.Found(
                product: ProductView(ficha.product),
                code: ficha.code.grouped,
                saleID: SaleID(using: &generator).text
            )
        }
        return templates.render(.printed, PrintedView(frame: frame, typed: typed, found: found, problem: problem))
    }
}
