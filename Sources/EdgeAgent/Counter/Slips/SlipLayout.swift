import Purchasing
import Shared

/// A slip on a roll: what stands below what, broken into lines by the printer's columns.
///
/// The printer's own commands and the browser's page are both made from it, so that both say and look the same, and the
/// page knows how long its paper has to be.
struct SlipLayout: Sendable {
    let paper: RollPaper
    let elements: [SlipElement]

    /// - Parameter readable: What the printer can show of a text.
    init(_ slip: Slip, paper: RollPaper, readable: (String) -> String = { $0 }) {
        var elements: [SlipElement] = []
        func columns(_ style: SlipStyle) -> Int { paper.columns / style.magnification(on: paper).width }
        func add(_ text: String, _ style: SlipStyle) {
            let text = readable(SlipText.clean(text))
            let breaksWord = text.split(separator: " ").contains { $0.count > columns(style) }
            let style = style == .heading && breaksWord ? .strong : style
            elements += SlipText.wrapped(text, columns: columns(style)).map { .text($0, style) }
        }

        if slip.isReprint { add(Slip.reprintMark, .heading) }
        if let logo = slip.issuer.logo { elements.append(.logo(logo)) }
        add(slip.issuer.empresa, .heading)
        elements.append(.rule)
        add(slip.title, .heading)
        add(slip.product.price.displayText, .heading)
        add([slip.clockSentence, slip.dataSentence].compactMap(\.self).joined(separator: " "), .note)
        elements.append(.gap)
        add("Tu ficha:", .note)
        add(slip.code.grouped, .code)
        if let code = slip.redeemURL.flatMap(QRCode.init) { elements.append(.qr(code)) }
        elements.append(.gap)
        for step in slip.steps { add(step, .plain) }
        elements.append(.rule)
        for line in slip.originLines { add(line, .plain) }
        if let line = slip.sellByLine { add(line, .plain) }
        if let support = slip.issuer.support { add("¿Ayuda? \(support)", .plain) }
        for line in slip.issuer.lines { add(line, .note) }
        self.paper = paper
        self.elements = elements
    }
}
