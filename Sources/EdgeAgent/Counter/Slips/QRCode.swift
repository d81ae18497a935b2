import CQREncode
import Shared

/// A text as a QR code of level M, which survives 15 % of dirt and creases.
struct QRCode: Sendable, Equatable {
    /// Longer ones are too fine for a receipt printer and a cheap phone's camera.
    private static let maximumBytes = 200
    /// Empty modules that the standard asks for on each side (ISO/IEC 18004, 6.3.8).
    static let quietModules = 4

    let text: String
    let modules: Bitmap

    /// Nil for a text that is empty or too long.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...Self.maximumBytes).contains(bytes.count),
            // Version 0: the smallest that holds it.
            let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let data = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        self.text = text
        // The lowest bit of a module's byte is its colour; the others say what it is for.
        modules = Bitmap(width: width, height: width) { x, y in data[y * width + x] & 1 == 1 }
    }
}
