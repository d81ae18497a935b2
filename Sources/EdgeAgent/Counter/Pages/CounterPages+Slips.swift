import Shared

// The pages around slips: the sale's own, where slips come out, and what the browser prints.
extension CounterPages {
    func sale(_ facts: SaleView.Facts, site: SiteSnapshot, frame: CounterFrame) -> String {
        templates.render(.sale, SaleView(facts, site: site, frame: frame))
    }

    func outlet(_ site: SiteSnapshot, chosen: SlipOutlet, frame: CounterFrame) -> String {
        templates.render(.outlet, OutletView(site, chosen: chosen, frame: frame))
    }

    /// The slip of a sale, for the browser's own dialogue.
    func slip(_ slip: Slip, of sale: CounterSale, paper: SlipPaper, printsAtOnce: Bool) -> SlipPage {
        let navigation = SlipNavigation(
            paper: paper,
            of: SlipPaper.allCases,
            url: CounterPath.slip(sale.id),
            backURL: CounterPath.sale(sale.id),
            printsAtOnce: printsAtOnce
        )
        return slips.slip(slip, navigation: navigation)
    }

    /// A part of a batch, to be printed and cut.
    func sheet(_ slips: [Slip], of batch: Batch, number: Int, paper: SheetPaper) -> SlipPage {
        let navigation = SlipNavigation(
            paper: .sheet(paper),
            of: SheetPaper.allCases.map(SlipPaper.sheet),
            url: CounterPath.sheet(batch.id, number),
            backURL: CounterPath.batch(batch.id),
            printsAtOnce: false
        )
        return self.slips.sheet(slips, paper: paper, navigation: navigation)
    }
}
