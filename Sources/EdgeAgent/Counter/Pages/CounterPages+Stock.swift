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

    func batch(
        _ batch: Batch,
        counts: [FichaState: Int64],
        sheets: Int,
        site: SiteSnapshot,
        frame: CounterFrame
    ) -> String {
        templates.render(.batch, BatchView(batch, counts: counts, sheets: sheets, site: site, frame: frame))
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
