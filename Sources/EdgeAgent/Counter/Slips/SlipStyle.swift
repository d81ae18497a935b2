import Shared

/// How a line of a slip looks.
enum SlipStyle: String, Sendable {
    /// The mark of a reprint, the empresa, the product and its price.
    case heading
    /// The same where a word would not fit in a line: broken words are no name.
    case strong
    /// The ficha's code: what has to be read at arm's length.
    case code
    /// What belongs to the line before it, in the middle.
    case note
    /// What is read from the left.
    case plain

    var isCentred: Bool { self != .plain }
    var isBold: Bool { self == .heading || self == .strong || self == .code }

    /// How many times as wide and as high as a plain letter.
    func magnification(on paper: RollPaper) -> (width: Int, height: Int) {
        switch self {
        case .heading: (2, 2)
        // Twelve characters fill three quarters of either paper.
        case .code: (paper == .mm58 ? 2 : 3, 3)
        case .strong, .note, .plain: (1, 1)
        }
    }
}
