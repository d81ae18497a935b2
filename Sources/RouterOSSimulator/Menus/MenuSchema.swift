/// The properties of a menu's rows, in the order the router prints them.
struct MenuSchema {
    let properties: [Property]
    private let byName: [String: Property]

    init(_ properties: [Property]) {
        self.properties = properties
        byName = Dictionary(properties.map { ($0.name, $0) }) { first, _ in first }
    }

    subscript(name: String) -> Property? { byName[name] }

    /// The property a client may give to `add` and `set`; nil when this version does not know it.
    func writable(_ name: String, _ version: RouterOSVersion) -> Property? {
        guard let property = byName[name], !property.isReadOnly else { return nil }
        guard property.since.map({ $0 <= version }) ?? true else { return nil }
        return property
    }
}
