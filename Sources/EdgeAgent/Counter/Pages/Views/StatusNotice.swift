import Shared

/// Something the cashier has to know about a sale.
struct StatusNotice: Sendable {
    let title: String?
    let text: String
    /// A class of the style sheet.
    let tone: String

    private init(title: String? = nil, _ text: String, tone: String) {
        self.title = title
        self.text = text
        self.tone = tone
    }

    /// Whether the ficha works already; nil where nobody asks any more.
    init?(readinessOf sale: CounterSale, isRouterAway: Bool) {
        switch sale.ficha.state {
        case .sold where sale.ficha.routerState == .present: self.init("La ficha ya sirve.", tone: "notice")
        case .sold where isRouterAway:
            self.init(
                "El router no responde ahora. La ficha es válida, pero va a servir hasta que vuelva: díselo al cliente.",
                tone: "notice wait"
            )
        case .sold: self.init("La ficha sirve en unos segundos.", tone: "notice")
        case .active: self.init("La ficha ya se está usando.", tone: "notice")
        case .expired: self.init("La ficha ya se terminó.", tone: "notice")
        default: return nil
        }
    }

    /// What is known of the slip, exactly; nil where there is nothing to know.
    init?(printingOf facts: SaleView.Facts) {
        switch facts.progress {
        case .unsent where facts.mayBeOnPaper:
            self.init("Se vendió una ficha ya impresa: entrega su papel.", tone: "notice")
        case .unsent: return nil
        case .sending(let printer):
            self.init(
                title: "Imprimiendo…",
                "La venta ya está hecha; «\(printer)» todavía no confirma el boleto.",
                tone: "notice wait"
            )
        case .ended(.printed(let paperIsLow), let printer):
            self.init(
                title: "Impreso en «\(printer)».",
                paperIsLow ? "Queda poco papel." : "",
                tone: paperIsLow ? "notice wait" : "notice"
            )
        case .ended(.notReached(let absence), let printer):
            self.init(title: "No se imprimió.", Self.text(absence, printer: printer), tone: "notice bad")
        case .ended(.unknown(let doubt), let printer):
            self.init(
                title: "No se sabe si se imprimió.",
                Self.text(doubt, printer: printer) + " Mira la impresora antes de imprimir otra vez.",
                tone: "notice wait"
            )
        case nil:
            self.init("La caja ya no sabe si el boleto de esta venta se imprimió.", tone: "notice")
        }
    }

    private static func text(_ absence: SlipPrintResult.Absence, printer: String) -> String {
        switch absence {
        case .refused, .noAnswer:
            "No se alcanzó «\(printer)»: revisa que esté encendida y conectada a la red. La venta está hecha."
        case .busy: "«\(printer)» tiene demasiados boletos esperando. La venta está hecha."
        }
    }

    private static func text(_ doubt: SlipPrintResult.Doubt, printer: String) -> String {
        switch doubt {
        case .silent: "«\(printer)» lo recibió y no contestó."
        case .noPaper: "A «\(printer)» se le acabó el papel."
        case .brokeOff: "Se cortó la conexión con «\(printer)»."
        case .stalled: "«\(printer)» dejó de recibir: puede faltarle papel o tener la tapa abierta."
        }
    }
}
