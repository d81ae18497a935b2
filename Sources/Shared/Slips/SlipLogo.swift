import FoundationEssentials

/// A logo for slips as documents carry it: a portable bitmap in base 64.
public struct SlipLogo: Sendable, Equatable {
    /// More than the largest picture takes.
    public static let maximumCharacters = 12_000

    public let picture: Bitmap

    /// Reads the text of a document.
    public init(base64 text: String) throws(LogoError) {
        guard text.utf8.count <= Self.maximumCharacters else { throw .tooLarge }
        guard let file = Data(base64Encoded: text) else { throw .notPBM }
        picture = try Bitmap(logo: Array(file))
    }
}

extension SlipLogo: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(base64: text)
        } catch {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not a logo: a portable bitmap (P4) in base 64, without greys, of at most "
                    + "\(Bitmap.maximumLogoWidth) × \(Bitmap.maximumLogoHeight) dots"
            )
        }
    }
}
