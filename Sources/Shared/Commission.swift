/// What a reseller keeps of a price.
public enum Commission {
    /// Hundredths of a per cent: 10,000 are all of it.
    public static let basisPoints: ClosedRange<Int64> = 0...10_000

    /// Of one ficha, rounded down to a whole centavo, so that a hundred of them are a hundred times one, in the account, the
    /// ventas and the sums alike; what is lost is less than a centavo each, and the empresa's.
    public static func cents(ofPrice priceCents: Int64, basisPoints: Int64) -> Int64 {
        priceCents * basisPoints / self.basisPoints.upperBound
    }
}
