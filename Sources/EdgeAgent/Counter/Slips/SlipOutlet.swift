import Shared

/// Where a cashier's slips come out.
enum SlipOutlet: Sendable, Equatable {
    case browser(SlipPaper)
    case printer(SiteSnapshot.Printer)

    private static let printerPrefix = "impresora:"

    /// All that a site has, printers first.
    static func all(of site: SiteSnapshot) -> [SlipOutlet] {
        (site.printers ?? []).map(Self.printer) + SlipPaper.allCases.map(Self.browser)
    }

    /// What was chosen, if the site still has it; else its only printer, or the browser.
    init(chosen key: String?, at site: SiteSnapshot) {
        let all = Self.all(of: site)
        if let chosen = all.first(where: { $0.key == key }) {
            self = chosen
        } else if let printers = site.printers, printers.count == 1 {
            self = .printer(printers[0])
        } else {
            self = .browser(.usual)
        }
    }

    /// As forms have it.
    var key: String {
        switch self {
        case .browser(let paper): paper.text
        case .printer(let printer): Self.printerPrefix + printer.id
        }
    }

    var name: String {
        switch self {
        case .browser(let paper): "Este aparato · \(paper.name)"
        case .printer(let printer): "Impresora \(printer.name)"
        }
    }
}
