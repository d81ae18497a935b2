/// The ficha that a phone uses, or would use next.
struct PhoneFicha: Sendable {
    let ficha: Ficha
    let isOnline: Bool
    /// How many more wait for it to end.
    let waiting: Int
}
