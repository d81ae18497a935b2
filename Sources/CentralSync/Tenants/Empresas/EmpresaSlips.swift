import Shared

/// What an empresa's slips say beside the ficha, at all its sites.
struct EmpresaSlips: Sendable, Equatable {
    var lines: [String] = []
    /// A portable bitmap in base 64, as ``SlipLogo`` takes it.
    var logo: String?
}
