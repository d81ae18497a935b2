import RouterOS

/// Rows an operator or client writes, in the order they were added. Identifiers are never used again.
struct Table {
    struct Row {
        let id: UInt32
        var values: [String: Word]

        var itemID: String { "*" + String(id, radix: 16, uppercase: true) }
        var name: String { values["name"]?.text ?? "" }
    }

    private(set) var rows: [Row] = []
    /// Several rows may have one name: the same user for different servers.
    private var idsByName: [Word: [UInt32]] = [:]
    private var nextID: UInt32

    init(firstID: UInt32 = 1) {
        nextID = firstID
    }

    /// The row with the identifier (`*1F`) or, where rows have names, the name.
    func id(_ text: String) -> UInt32? {
        if text.hasPrefix("*") {
            guard let id = UInt32(text.dropFirst(), radix: 16), position(id) != nil else { return nil }
            return id
        }
        return idsByName[Word(text)]?.first
    }

    func rows(named name: Word) -> [Row] {
        (idsByName[name] ?? []).compactMap { self[$0] }
    }

    subscript(id: UInt32) -> Row? { position(id).map { rows[$0] } }

    mutating func add(_ values: [String: Word]) -> Row {
        var row = Row(id: nextID, values: values)
        row.values[".id"] = Word(row.itemID)
        nextID += 1
        rows.append(row)
        if let name = values["name"] { idsByName[name, default: []].append(row.id) }
        return row
    }

    mutating func update(_ id: UInt32, _ values: [String: Word]) {
        guard let position = position(id) else { return }
        let oldName = rows[position].values["name"]
        rows[position].values = values
        guard oldName != values["name"] else { return }
        forget(oldName, id)
        if let name = values["name"] { idsByName[name, default: []].append(id) }
    }

    mutating func remove(_ id: UInt32) {
        guard let position = position(id) else { return }
        forget(rows[position].values["name"], id)
        rows.remove(at: position)
    }

    private mutating func forget(_ name: Word?, _ id: UInt32) {
        guard let name else { return }
        idsByName[name]?.removeAll { $0 == id }
        if idsByName[name]?.isEmpty == true { idsByName[name] = nil }
    }

    /// Identifiers only grow, so the rows are sorted by them.
    private func position(_ id: UInt32) -> Int? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].id == id ? low : nil
    }
}
