extension SiteSnapshot {
    /// What a site's slips say beside the ficha itself.
    public struct Slips: Sendable, Equatable, Decodable {
        public static let maximumLines = 6
        /// Unicode characters.
        public static let lineLengths = 1...96
        /// As long as names of networks can be.
        public static let wifiNameLengths = 1...32

        /// The network to connect to; absent where there are several, or nobody said.
        public let wifiName: String?
        /// The empresa's own words, at the foot.
        public let lines: [String]?
        public let logo: SlipLogo?

        enum CodingKeys: String, CodingKey {
            case lines
            case wifiName = "wifi_name"
            case logo = "logo_pbm"
        }
    }

    /// A receipt printer of the site, on its network.
    public struct Printer: Sendable, Equatable, Codable {
        public static let maximumCount = 16
        /// Unicode characters.
        public static let nameLengths = 1...40

        public let id: String
        /// What cashiers choose it by.
        public let name: String
        public let address: PrinterAddress
        public let paper: RollPaper
        /// A cash drawer hangs on it, to be opened with each new sale.
        public let opensDrawer: Bool?

        public init(id: String, name: String, address: PrinterAddress, paper: RollPaper, opensDrawer: Bool?) {
            self.id = id
            self.name = name
            self.address = address
            self.paper = paper
            self.opensDrawer = opensDrawer
        }

        enum CodingKeys: String, CodingKey {
            case id, name, address, paper
            case opensDrawer = "opens_drawer"
        }
    }

    /// The printer with this id, if the site has it.
    public func printer(_ id: String) -> Printer? {
        printers?.first { $0.id == id }
    }

    /// What is wrong with slips and printers, as a schema cannot say it.
    func slipProblems() -> [String] {
        var problems: [String] = []
        if let name = slips?.wifiName, !Slips.wifiNameLengths.contains(name.unicodeScalars.count) {
            problems.append("slips.wifi_name: \(Self.text(Slips.wifiNameLengths)) characters")
        }
        let lines = slips?.lines ?? []
        if lines.count > Slips.maximumLines { problems.append("slips.lines: at most \(Slips.maximumLines)") }
        for (index, line) in lines.enumerated() where !Slips.lineLengths.contains(line.unicodeScalars.count) {
            problems.append("slips.lines[\(index)]: \(Self.text(Slips.lineLengths)) characters")
        }
        let printers = printers ?? []
        if printers.count > Printer.maximumCount { problems.append("printers: at most \(Printer.maximumCount)") }
        if Set(printers.map(\.id)).count != printers.count { problems.append("printers: ids must be unique") }
        for (index, printer) in printers.enumerated() {
            let place = "printers[\(index)]"
            if !Self.isPathSafe(printer.id) { problems.append("\(place).id: 1 to 64 of a-z A-Z 0-9 _ -") }
            if !Printer.nameLengths.contains(printer.name.unicodeScalars.count) {
                problems.append("\(place).name: \(Self.text(Printer.nameLengths)) characters")
            }
        }
        return problems
    }

    private static func text(_ lengths: ClosedRange<Int>) -> String { "\(lengths.lowerBound) to \(lengths.upperBound)" }
}
