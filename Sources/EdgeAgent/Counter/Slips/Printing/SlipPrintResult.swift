/// How sending a slip to a printer ended.
enum SlipPrintResult: Sendable, Equatable {
    /// The printer said that it has worked through all of it.
    case printed(paperIsLow: Bool)
    /// Nothing was sent: trying again cannot print twice.
    case notReached(Absence)
    /// It may be printed or not. Only who stands there sees it; sending it again may print twice.
    case unknown(Doubt)

    enum Absence: Sendable, Equatable {
        /// Something is there and takes no connections, or the network says there is nothing.
        case refused
        case noAnswer
        /// Too many slips wait already.
        case busy
    }

    enum Doubt: Sendable, Equatable {
        /// Everything left the box, and no answer came. Some printers never give one, and then it is most likely printed.
        case silent
        /// The printer says that its paper is at its end.
        case noPaper
        /// The connection ended too early.
        case brokeOff
        /// The printer stopped taking anything: mostly no paper, or an open lid.
        case stalled
    }
}
