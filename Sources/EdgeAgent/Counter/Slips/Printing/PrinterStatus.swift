/// What a printer answers to ``request``: about its paper, and that everything before the question is worked through.
///
/// At the end of the paper most of them go offline and answer nothing.
/// https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/gs_lr.html
struct PrinterStatus: Sendable, Equatable {
    /// `GS r 1`. Printers take it from the stream in its turn, unlike `DLE EOT`.
    static let request: [UInt8] = [0x1D, UInt8(ascii: "r"), 1]

    let hasPaper: Bool
    let paperIsLow: Bool

    /// The first answer in what has arrived, removed from it with all before it; nil if there is none yet.
    static func take(from bytes: inout [UInt8]) -> PrinterStatus? {
        while let first = bytes.first {
            if first & 0b1001_0011 == 0b0001_0000 {
                // Four bytes that some printers send by themselves whenever something changes (`GS a`).
                guard bytes.count >= 4 else { return nil }
                bytes.removeFirst(4)
                continue
            }
            bytes.removeFirst()
            // Two bits of every answer are fixed; what has others is none.
            guard first & 0b1001_0000 == 0 else { continue }
            return PrinterStatus(hasPaper: first & 0b1100 == 0, paperIsLow: first & 0b0011 != 0)
        }
        return nil
    }
}
