/// A property of the rows of a menu: what it takes and what a new row has.
struct Property {
    /// What values there are. How each is checked and normalised is in `Property+Values.swift`.
    enum Kind: Hashable {
        case text
        case boolean
        case number
        /// A number or the word, such as `unlimited`.
        case numberOr(String)
        case time
        /// A time or `none`.
        case timeout
        case macAddress
        case address
        case oneOf([String])
        /// A comma list of the words.
        case listOf([String])
        /// The name of a row in another menu, or one of the words.
        case nameIn(Menu, or: [String] = [])
    }

    let name: String
    let kind: Kind
    /// What a new row has when it is not given; nil leaves the property out of the row.
    var initial: String?
    /// `add` refuses to go without it.
    var isRequired = false
    /// The router sets it; `add` and `set` do not know it.
    var isReadOnly = false
    /// Shown only to accounts with the `sensitive` policy.
    var isSensitive = false
    /// A value that means "not set": the row then lacks the property.
    var unsetValue: String?
    /// The first version that has it.
    var since: RouterOSVersion?

    init(_ name: String, _ kind: Kind, initial: String? = nil) {
        self.name = name
        self.kind = kind
        self.initial = initial
    }

    static func required(_ name: String) -> Property {
        var property = Property(name, .text)
        property.isRequired = true
        return property
    }

    static func readOnly(_ name: String, _ kind: Kind, initial: String? = nil) -> Property {
        var property = Property(name, kind, initial: initial)
        property.isReadOnly = true
        return property
    }

    func unset(by value: String) -> Property {
        var property = self
        property.unsetValue = value
        return property
    }

    func sensitive() -> Property {
        var property = self
        property.isSensitive = true
        return property
    }

    func since(_ version: RouterOSVersion) -> Property {
        var property = self
        property.since = version
        return property
    }
}
