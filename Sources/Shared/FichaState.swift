/// Where a ficha stands in its life.
///
/// ```
/// reserved ─▶ sold ─▶ active ─▶ expired          (bought by card)
/// minted ───▶ sold ─▶ active ─▶ expired          (printed as stock, or made at the counter)
///   └▶ expired (its sell-by date passed)          any of them ─▶ voided; sold, active ─▶ refunded
/// ```
public enum FichaState: String, Sendable, Codable, CaseIterable {
    /// A purchase by card is under way; its code is kept for it.
    case reserved
    /// Printed as stock and sold to nobody: it must not work.
    case minted
    /// Paid for and never used.
    case sold
    /// Used once at least; its time runs.
    case active
    /// Its time or its data is used up, or its sell-by date passed.
    case expired
    /// Taken back without money: a mistake, a lost sheet of stock, a code that was replaced.
    case voided
    /// Taken back after it was sold, and the money with it.
    case refunded

    /// Whether its code gets somebody online.
    public var isLive: Bool { self == .sold || self == .active }

    /// Whether nothing comes after it.
    public var isEnd: Bool { self == .expired || self == .voided || self == .refunded }
}
