/// Why a sealed value cannot be read.
enum SealingError: Error, Equatable, CustomStringConvertible {
    /// The master key is not the one it was sealed with.
    case otherKey
    /// It was changed, or belongs to another row.
    case damaged

    var description: String {
        switch self {
        case .otherKey:
            "what is sealed in the database was sealed with another key: FICHAS_MASTER_KEY (or, without it, JWT_APIKEY_SECRET) has changed; set FICHAS_MASTER_KEY to the former text"
        case .damaged: "what is sealed in the database was changed, or stands in another row than it was sealed for"
        }
    }
}
