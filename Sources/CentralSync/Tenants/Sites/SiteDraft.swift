import Foundation
import ServerKit
import Shared

/// What may be said about a site.
struct SiteDraft: Decodable, Sendable {
    static let usualTimeZone = "America/Mexico_City"

    private(set) var name: String
    private(set) var timeZone: String
    private(set) var wifiName: String?
    private let printerDrafts: [PrinterDraft]
    /// As boxes take them, once they are ``checked()``.
    private(set) var printers: [SiteSnapshot.Printer] = []

    init(name: String, timeZone: String = usualTimeZone) {
        self.name = name
        self.timeZone = timeZone
        printerDrafts = []
    }

    enum CodingKeys: String, CodingKey {
        case name, printers
        case timeZone = "time_zone"
        case wifiName = "wifi_name"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        name = try members.decode(String.self, forKey: .name)
        timeZone = try members.decodeIfPresent(String.self, forKey: .timeZone) ?? Self.usualTimeZone
        wifiName = try members.decodeIfPresent(String.self, forKey: .wifiName)
        printerDrafts = try members.decodeIfPresent([PrinterDraft].self, forKey: .printers) ?? []
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
        let longest = SiteSnapshot.Slips.wifiNameLengths.upperBound
        draft.wifiName = try CheckedText.optionalLine(wifiName, field: CodingKeys.wifiName.rawValue, maximum: longest)
        draft.printers = try PrinterDraft.checked(printerDrafts)
        return draft
    }
}
