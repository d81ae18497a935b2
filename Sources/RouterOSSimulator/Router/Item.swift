import RouterOS

/// A row as clients see it.
struct Item {
    /// Empty for menus that stand for one thing.
    let id: String
    var values: [String: Word]
    /// The order to print in where the menu's schema does not give one.
    private let names: [String]

    init(id: String, values: [String: Word]) {
        self.id = id
        self.values = values
        // Stored rows carry it already, and a table of thousands is not copied for each print.
        if values[".id"] == nil { self.values[".id"] = Word(id) }
        names = []
    }

    /// The only row of a menu, without `.id`.
    init(single pairs: KeyValuePairs<String, String>) {
        id = ""
        values = Dictionary(pairs.map { ($0.key, Word($0.value)) }) { $1 }
        names = pairs.map(\.key)
    }

    func order(_ schema: MenuSchema) -> [String] {
        names.isEmpty ? [".id"] + schema.properties.map(\.name) : names
    }
}
