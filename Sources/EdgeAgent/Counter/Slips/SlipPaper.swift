import Shared

/// What a browser can be made to print on.
enum SlipPaper: Sendable, Equatable, CaseIterable {
    case roll(RollPaper)
    case sheet(SheetPaper)

    static let allCases = RollPaper.allCases.map(Self.roll) + SheetPaper.allCases.map(Self.sheet)
    /// What most shops have.
    static let usual = Self.roll(.mm58)

    /// As addresses and forms have it.
    init?(_ text: String) {
        if let roll = RollPaper(rawValue: text) {
            self = .roll(roll)
        } else if let sheet = SheetPaper(rawValue: text) {
            self = .sheet(sheet)
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .roll(let paper): paper.rawValue
        case .sheet(let paper): paper.rawValue
        }
    }

    var name: String {
        switch self {
        case .roll(let paper): "\(paper.widthMillimetres) mm"
        case .sheet(.carta): "Carta"
        case .sheet(.a4): "A4"
        }
    }
}
