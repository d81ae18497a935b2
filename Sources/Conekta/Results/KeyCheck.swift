/// What Conekta thinks of a pair of keys.
public enum KeyCheck: Hashable, Sendable {
    case known
    case privateKeyUnknown
    case publicKeyUnknown
    /// Conekta could not be asked.
    case unanswered
}
