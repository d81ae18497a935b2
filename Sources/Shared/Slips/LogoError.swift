/// Why a file is no logo for slips.
public enum LogoError: Error, Equatable {
    /// Not a raw portable bitmap, or not a whole one.
    case notPBM
    /// Wider or higher than slips have room for.
    case tooLarge
    /// A photograph or a grey picture, which a receipt printer makes a stain of.
    case tooDetailed
}
