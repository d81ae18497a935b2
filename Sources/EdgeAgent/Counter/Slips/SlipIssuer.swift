import Foundation
import Shared

/// What stands on every slip of a site.
struct SlipIssuer: Sendable, Equatable {
    let empresa: String
    let logo: Bitmap?
    /// The empresa's own words, at the foot.
    let lines: [String]
    /// Whom to call.
    let support: String?
    /// The name of the WiFi network; nil where there are several, or nobody said.
    let wifiName: String?
    let timeZone: TimeZone

    init(
        empresa: String,
        logo: Bitmap? = nil,
        lines: [String] = [],
        support: String? = nil,
        wifiName: String? = nil,
        timeZone: TimeZone
    ) {
        self.empresa = empresa
        self.logo = logo
        self.lines = lines
        self.support = support
        self.wifiName = wifiName
        self.timeZone = timeZone
    }

    init(_ site: SiteSnapshot) {
        self.init(
            empresa: site.empresa.name,
            logo: site.slips?.logo?.picture,
            lines: site.slips?.lines ?? [],
            support: site.empresa.supportContact.flatMap { $0.isEmpty ? nil : $0 },
            wifiName: site.slips?.wifiName,
            // The document was refused if the system did not know the name.
            timeZone: TimeZone(identifier: site.site.timeZone) ?? .gmt
        )
    }
}
