import Shared

/// One thing below the other on a roll.
enum SlipElement: Sendable, Equatable {
    /// Fits in its line.
    case text(String, SlipStyle)
    case gap
    case rule
    case logo(Bitmap)
    case qr(QRCode)
}
