import Foundation
import ServerKit

/// What may be said about a site.
struct SiteDraft: Decodable, Sendable {
    static let usualTimeZone = "America/Mexico_City"

    private(set) var name: String
    private(set) var timeZone: String

    init(name: String, timeZone: String = usualTimeZone) {
        self.name = name
        self.timeZone = timeZone
    }

    enum CodingKeys: String, CodingKey {
        case name
        case timeZone = "time_zone"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        name = try members.decode(String.self, forKey: .name)
        timeZone = try members.decodeIfPresent(String.self, forKey: .timeZone) ?? Self.usualTimeZone
    }

    /// The same with its texts in one form.
    ///
    /// - Throws: `APIError` 422.
    func checked() throws(APIError) -> SiteDraft {
        var draft = self
        draft.name = try CheckedText.line(name, field: CodingKeys.name.rawValue, length: 1...80)
        // The box refuses a document with another; `GMT+3` and abbreviations are none.
        guard timeZone.utf8.count <= 64, TimeZone.knownTimeZoneIdentifiers.contains(timeZone) || timeZone == "UTC"
        else {
            throw .invalidField(CodingKeys.timeZone.rawValue, "debe ser una zona horaria, como America/Mexico_City")
        }
        return draft
    }
}
