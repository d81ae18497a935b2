import Shared

/// An empresa's slips as answers show them. Members that are not there are left out.
struct EmpresaSlipsBody: Encodable, Sendable, Equatable {
    let lines: [String]
    let logo: String?
    /// The empresa's.
    let version: Int64

    init(_ slips: EmpresaSlips, version: Int64) {
        lines = slips.lines
        logo = slips.logo
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case lines, version
        case logo = "logo_pbm"
    }
}
