import Shared

/// A picture on a page: the strokes of its black dots.
struct SlipPicture: Sendable {
    let label: String
    /// Of the dots shown, with what has to stay empty around them.
    let viewBox: String
    let path: String
    let widthMillimetres: Double
    let heightMillimetres: Double

    /// As large as a receipt printer has it.
    init(_ logo: Bitmap) {
        label = "Logotipo"
        viewBox = "0 0 \(logo.width) \(logo.height)"
        path = logo.strokePath
        widthMillimetres = Double(logo.width) / 8
        heightMillimetres = Double(logo.height) / 8
    }

    init(_ code: QRCode, millimetres: Double) {
        label = "Código QR de la ficha"
        let (margin, width) = (QRCode.quietModules, code.modules.width + 2 * QRCode.quietModules)
        viewBox = "-\(margin) -\(margin) \(width) \(width)"
        path = code.modules.strokePath
        widthMillimetres = millimetres
        heightMillimetres = millimetres
    }
}
