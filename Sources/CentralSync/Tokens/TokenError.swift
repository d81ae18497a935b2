/// Why a token is not believed.
enum TokenError: Error, Equatable {
    /// Not a token of this kind and key: another header, another audience, or no token at all.
    case foreign
    /// The signature is not ours.
    case forged
    /// It was good once.
    case expired
}
