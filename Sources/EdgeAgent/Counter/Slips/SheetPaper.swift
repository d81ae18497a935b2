/// The paper of an office printer, cut into slips. Letter size is the usual one in Mexico.
enum SheetPaper: String, Sendable, CaseIterable {
    static let columns = 3
    static let rows = 9
    static let slips = columns * rows

    case carta
    case a4

    /// The name in CSS.
    var name: String { self == .carta ? "letter" : "a4" }
    private var size: (width: Double, height: Double) { self == .carta ? (215.9, 279.4) : (210, 297) }
    /// Of one slip. What is left over at the edges no office printer reaches: 6 mm at the sides, 8 above and below.
    var cellMillimetres: (width: Double, height: Double) {
        ((size.width - 12) / Double(Self.columns), (size.height - 16) / Double(Self.rows))
    }
}
