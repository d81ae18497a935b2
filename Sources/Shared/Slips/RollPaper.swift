/// The paper of a receipt printer. All of them print 8 dots per millimetre, and letters of 12 × 24 dots.
public enum RollPaper: String, Sendable, Codable, CaseIterable {
    case mm58 = "58"
    case mm80 = "80"

    /// Of the roll.
    public var widthMillimetres: Int { self == .mm58 ? 58 : 80 }
    /// Of what the head reaches, in the middle of the roll.
    public var printableMillimetres: Int { self == .mm58 ? 48 : 72 }
    public var printableDots: Int { printableMillimetres * 8 }
    /// Letters in a line.
    public var columns: Int { printableDots / 12 }
}
