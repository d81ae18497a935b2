import ServerKit
import Shared

/// What may be said about a printer of a site.
struct PrinterDraft: Decodable, Sendable {
    /// Of one that is there, so that cashiers who chose it keep it; a new one gets its own.
    let id: String?
    let name: String
    let address: String
    let paper: String
    let opensDrawer: Bool?

    enum CodingKeys: String, CodingKey {
        case id, name, address, paper
        case opensDrawer = "opens_drawer"
    }

    /// All of them as boxes take them.
    ///
    /// - Throws: `APIError` 422.
    static func checked(_ drafts: [PrinterDraft]) throws(APIError) -> [SiteSnapshot.Printer] {
        let maximum = SiteSnapshot.Printer.maximumCount
        guard drafts.count <= maximum else { throw .invalidField("printers", "debe tener \(maximum) a lo más") }
        var printers: [SiteSnapshot.Printer] = []
        for (index, draft) in drafts.enumerated() {
            let printer = try draft.checked(at: "printers[\(index)]")
            guard !printers.contains(where: { $0.id == printer.id }) else {
                throw .invalidField("printers[\(index)].id", "está repetido")
            }
            printers.append(printer)
        }
        return printers
    }

    private func checked(at place: String) throws(APIError) -> SiteSnapshot.Printer {
        let id = id ?? RecordID.random("prn")
        guard SiteSnapshot.isPathSafe(id) else {
            throw .invalidField(place + ".id", "debe tener de 1 a 64 letras sin acento, números, _ o -")
        }
        guard let address = PrinterAddress(address) else {
            throw .invalidField(
                place + ".address",
                "debe ser una dirección de la red local con números, como 192.168.88.50 o 192.168.88.50:9101"
            )
        }
        guard let paper = RollPaper(rawValue: paper) else {
            throw .invalidField(place + ".paper", "debe ser 58 u 80")
        }
        return SiteSnapshot.Printer(
            id: id,
            name: try CheckedText.line(name, field: place + ".name", length: SiteSnapshot.Printer.nameLengths),
            address: address,
            paper: paper,
            opensDrawer: opensDrawer
        )
    }
}
