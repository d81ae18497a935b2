/// Where the slip of a sale stands.
enum SlipProgress: Sendable, Equatable {
    /// No printer has been asked for it. What a browser's own dialogue does, nobody tells us.
    case unsent
    case sending(printer: String)
    case ended(SlipPrintResult, printer: String)

    /// That a slip sent now cannot be a second one.
    var isCertainlyNotPrinted: Bool {
        switch self {
        case .unsent, .ended(.notReached, _): true
        case .sending, .ended: false
        }
    }
}
