import Shared

/// What a page of slips shows on the screen beside them: to print, to choose the paper, and to go on.
struct SlipNavigation: Sendable {
    struct Choice: Sendable {
        let name: String
        let url: String
        let isChosen: Bool
    }

    let paper: SlipPaper
    let choices: [Choice]
    let backURL: String
    /// Where the next sale begins.
    let homeURL = CounterPath.home
    /// The dialogue opens by itself: whoever comes here has said that they want to print.
    let printsAtOnce: Bool
    let scriptURL = CounterPath.script
    /// What the dialogue has to be told.
    let advice: String

    /// - Parameters:
    ///   - papers: Those that make sense for these slips.
    ///   - url: The page's own, which the paper is added to.
    init(paper: SlipPaper, of papers: [SlipPaper], url: String, backURL: String, printsAtOnce: Bool) {
        self.paper = paper
        self.backURL = backURL
        self.printsAtOnce = printsAtOnce
        choices = papers.map { choice in
            Choice(name: choice.name, url: url + "?papel=" + choice.text, isChosen: choice == paper)
        }
        advice =
            switch paper {
            case .roll(let roll): "Papel de \(roll.widthMillimetres) mm, sin márgenes ni encabezados, escala 100 %."
            case .sheet: "Sin márgenes ni encabezados, escala 100 %. Se corta por las líneas."
            }
    }
}
