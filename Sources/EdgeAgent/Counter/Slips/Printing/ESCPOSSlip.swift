import Shared

/// A slip in the language of receipt printers, as Epson describes it and the others speak it.
/// https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/commands.html
struct ESCPOSSlip: Sendable {
    private static let escape: UInt8 = 0x1B
    private static let group: UInt8 = 0x1D
    private static let lineFeed: UInt8 = 0x0A
    /// Dots in a side of a module, where the paper has room: three quarters of a millimetre.
    private static let largestModule = 6

    private(set) var bytes: [UInt8] = []
    private let paper: RollPaper

    /// - Parameter opensDrawer: Whether the drawer that hangs on the printer is opened before.
    init(_ slip: Slip, paper: RollPaper, opensDrawer: Bool = false) {
        self.paper = paper
        begin()
        if opensDrawer { openDrawer() }
        for element in SlipLayout(slip, paper: paper, readable: PrinterCodePage.readable).elements {
            switch element {
            case .text(let text, let style): add(text, style)
            case .gap: bytes.append(Self.lineFeed)
            case .rule: add(String(repeating: "-", count: paper.columns), .plain)
            case .logo(let logo): add(logo)
            case .qr(let code): add(code)
            }
        }
        end()
    }

    /// No slip: the drawer alone.
    static let drawer = {
        var slip = ESCPOSSlip(paper: .mm58)
        slip.openDrawer()
        return slip
    }()

    private init(paper: RollPaper) {
        self.paper = paper
        begin()
    }

    private mutating func openDrawer() {
        bytes += [Self.escape, UInt8(ascii: "p"), 0, 25, 250]
    }

    private mutating func begin() {
        // As after switching on, whatever somebody printed before.
        bytes += [Self.escape, UInt8(ascii: "@")]
        // Printers from China begin by reading pairs of high bytes as Chinese: FS . ends that.
        bytes += [0x1C, UInt8(ascii: ".")]
        bytes += [Self.escape, UInt8(ascii: "t"), PrinterCodePage.number]
        // The signs of ASCII as they are: some countries have their own money in the place of $.
        bytes += [Self.escape, UInt8(ascii: "R"), 0]
    }

    private mutating func end() {
        align(centred: false)
        // What tears by hand tears two centimetres above the head. A knife has its own way there in the command.
        if paper == .mm58 { bytes += [Self.escape, UInt8(ascii: "d"), 4] }
        bytes += [Self.group, UInt8(ascii: "V"), 66, 0]
    }

    private mutating func add(_ text: String, _ style: SlipStyle) {
        let size = style.magnification(on: paper)
        align(centred: style.isCentred)
        bytes += [Self.escape, UInt8(ascii: "E"), style.isBold ? 1 : 0]
        bytes += [Self.group, UInt8(ascii: "!"), UInt8((size.width - 1) << 4 | (size.height - 1))]
        bytes += PrinterCodePage.encode(text) + [Self.lineFeed]
    }

    /// `GS v 0`: dots, eight of them in a byte.
    private mutating func add(_ picture: Bitmap) {
        let bytesInRow = (picture.width + 7) / 8
        align(centred: true)
        bytes += [Self.group, UInt8(ascii: "v"), UInt8(ascii: "0"), 0]
        bytes += Self.littleEndian(bytesInRow) + Self.littleEndian(picture.height)
        for y in 0..<picture.height {
            for column in 0..<bytesInRow {
                bytes.append(
                    (0..<8).reduce(UInt8(0)) { byte, bit in
                        let x = column * 8 + bit
                        return byte << 1 | (x < picture.width && picture.isBlack(x, y) ? 1 : 0)
                    }
                )
            }
        }
        bytes.append(Self.lineFeed)
    }

    /// `GS ( k`: the printer draws the code itself, in whole dots.
    private mutating func add(_ code: QRCode) {
        align(centred: true)
        bytes.append(Self.lineFeed)
        let module = min(Self.largestModule, paper.printableDots / (code.modules.width + 2 * QRCode.quietModules))
        command(65, [50, 0])  // model 2
        command(67, [UInt8(module)])
        command(69, [49])  // level M
        command(80, [48] + Array(code.text.utf8))
        command(81, [48])
        bytes.append(Self.lineFeed)
    }

    /// One of the functions for QR codes.
    private mutating func command(_ function: UInt8, _ parameters: [UInt8]) {
        bytes += [Self.group, UInt8(ascii: "("), UInt8(ascii: "k")]
        bytes += Self.littleEndian(parameters.count + 2) + [49, function] + parameters
    }

    private mutating func align(centred: Bool) {
        bytes += [Self.escape, UInt8(ascii: "a"), centred ? 1 : 0]
    }

    private static func littleEndian(_ number: Int) -> [UInt8] {
        [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)]
    }
}
