import Logging
import Shared

/// Has slips printed, beside the requests that ask for it: no sale waits for paper, and none is undone for want of it.
struct SlipDesk: Sendable {
    /// How long a page waits to tell what became of its slip. Printers are done in less, or have trouble.
    static let patience = Duration.seconds(1)

    let board = SlipBoard()
    /// Where phones find the box; empty where nobody said.
    let portalURL: String
    let clock: any Clock<Duration>
    let logger: Logger
    private let printers: SlipPrinters

    init(portalURL: String, clock: any Clock<Duration> = ContinuousClock(), logger: Logger) {
        self.portalURL = portalURL
        self.clock = clock
        self.logger = logger
        printers = SlipPrinters(clock: clock)
    }

    // MARK: Slips

    /// The slip of a sale as it would be printed now.
    func slip(of sale: CounterSale, at site: SiteSnapshot) -> Slip {
        slip(of: sale, at: site, isReprint: sale.reprints > 0 || board.mayBeOnPaper(sale.id))
    }

    /// The slips of a batch, from one place on.
    func slips(of batch: Batch, codes: [FichaCode], from first: Int, at site: SiteSnapshot) -> [Slip] {
        let issuer = SlipIssuer(site)
        return codes.enumerated().map { index, code in
            Slip(
                issuer: issuer,
                code: code,
                product: batch.product,
                origin: .stock(.init(batch: batch.shortName, number: first + index + 1, sellBy: batch.sellBy)),
                redeemURL: redeemURL(of: code, routerID: batch.routerID),
                isReprint: false
            )
        }
    }

    // MARK: Printing

    /// A new sale: with a printer, its slip comes out by itself, and the drawer opens. A ficha that was printed before needs
    /// no other paper.
    func sold(_ sale: CounterSale, at site: SiteSnapshot, outlet: SlipOutlet) {
        let isOnPaper = sale.ficha.batchID != nil
        board.add(sale.id, isOnPaper: isOnPaper)
        guard case .printer(let printer) = outlet else { return }
        let opensDrawer = printer.opensDrawer ?? false
        if isOnPaper {
            if opensDrawer { openDrawer(at: printer) }
        } else if let job = board.beginFirst(sale.id, on: printer.name) {
            send(slip(of: sale, at: site, isReprint: false), of: sale, on: printer, opensDrawer: opensDrawer, job)
        }
    }

    /// The slip that has not come out so far, as nothing was sent to a printer. Asked for twice, it comes once.
    func printFirst(_ sale: CounterSale, at site: SiteSnapshot, on printer: SiteSnapshot.Printer) {
        guard let job = board.beginFirst(sale.id, on: printer.name) else { return }
        let isReprint = sale.reprints > 0 || job.mayBeSecond
        send(slip(of: sale, at: site, isReprint: isReprint), of: sale, on: printer, opensDrawer: false, job)
    }

    /// One more slip, after it was counted.
    func printAnother(_ sale: CounterSale, at site: SiteSnapshot, on printer: SiteSnapshot.Printer) {
        let job = board.beginAnother(sale.id, on: printer.name)
        send(slip(of: sale, at: site, isReprint: true), of: sale, on: printer, opensDrawer: false, job)
    }

    /// Where a sale's slip stands, after a moment's patience with the printer; nil where nobody knows.
    func progress(of id: SaleID) async -> SlipProgress? {
        if case .sending = board.progress(of: id) {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await board.waitWhileSending(id) }
                group.addTask { try? await clock.sleep(for: Self.patience) }
                await group.next()
                group.cancelAll()
            }
        }
        return board.progress(of: id)
    }

    // MARK: Pieces

    private func slip(of sale: CounterSale, at site: SiteSnapshot, isReprint: Bool) -> Slip {
        Slip(
            issuer: SlipIssuer(site),
            code: sale.ficha.code,
            product: sale.ficha.product,
            origin: .sold(
                .init(folio: sale.folio, till: "\(sale.tillNumber)", cashier: sale.cashierName, soldAt: sale.soldAt)
            ),
            redeemURL: redeemURL(of: sale.ficha.code, routerID: sale.ficha.routerID),
            isReprint: isReprint
        )
    }

    private func redeemURL(of code: FichaCode, routerID: String) -> String? {
        portalURL.isEmpty ? nil : portalURL + PortalPath.redeem(routerID, code)
    }

    private func send(
        _ slip: Slip,
        of sale: CounterSale,
        on printer: SiteSnapshot.Printer,
        opensDrawer: Bool,
        _ job: SlipBoard.Job
    ) {
        let target = printers.printer(at: printer.address)
        Task {
            let result = await target.send(ESCPOSSlip(slip, paper: printer.paper, opensDrawer: opensDrawer))
            board.end(sale.id, job, result, on: printer.name)
            if case .printed = result { return }
            logger.warning(
                "a slip was not seen printed",
                metadata: ["sale": "\(sale.id)", "printer": "\(printer.id)", "result": "\(result)"]
            )
        }
    }

    private func openDrawer(at printer: SiteSnapshot.Printer) {
        let target = printers.printer(at: printer.address)
        Task { [logger] in
            let result = await target.send(.drawer)
            if case .printed = result { return }
            logger.warning(
                "a drawer was not seen opened",
                metadata: ["printer": "\(printer.id)", "result": "\(result)"]
            )
        }
    }
}
