import ServerKit
import Shared

/// What may be said about an empresa's slips.
struct EmpresaSlipsDraft: Decodable, Sendable {
    let lines: [String]?
    let logo: String?

    enum CodingKeys: String, CodingKey {
        case lines
        case logo = "logo_pbm"
    }

    /// As boxes take it.
    ///
    /// - Throws: `APIError` 422.
    func checked() throws(APIError) -> EmpresaSlips {
        let maximum = SiteSnapshot.Slips.maximumLines
        let lines = lines ?? []
        guard lines.count <= maximum else { throw .invalidField("lines", "debe tener \(maximum) renglones a lo más") }
        var slips = EmpresaSlips()
        for (index, line) in lines.enumerated() {
            let length = SiteSnapshot.Slips.lineLengths
            slips.lines.append(try CheckedText.line(line, field: "lines[\(index)]", length: length))
        }
        guard let logo, !logo.isEmpty else { return slips }
        do {
            _ = try SlipLogo(base64: logo)
        } catch {
            throw .invalidField(CodingKeys.logo.rawValue, Self.reason(error))
        }
        slips.logo = logo
        return slips
    }

    private static func reason(_ error: LogoError) -> String {
        switch error {
        case .notPBM: "debe ser un archivo PBM (P4) en base 64"
        case .tooLarge: "no debe pasar de \(Bitmap.maximumLogoWidth) × \(Bitmap.maximumLogoHeight) puntos"
        case .tooDetailed: "tiene demasiado detalle para una impresora de tickets: usa un dibujo sin grises"
        }
    }
}
