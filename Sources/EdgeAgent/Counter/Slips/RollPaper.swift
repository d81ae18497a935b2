/// The paper of a receipt printer. All of them print 8 dots per millimetre, and letters of 12 × 24 dots.
enum RollPaper: String, Sendable, CaseIterable {
    case mm58 = "58"
    case mm80 = "80"

    /// Of the roll.
    var widthMillimetres: Int { self == .mm58 ? 58 : 80 }
    /// Of what the head reaches, in the middle of the roll.
    var printableMillimetres: Int { self == .mm58 ? 48 : 72 }
    var printableDots: Int { printableMillimetres * 8 }
    /// Letters in a line.
    var columns: Int { printableDots / 12 }
}
