/// One step of the schema, in the SQL both databases read.
struct CentralMigration: Sendable {
    /// Never changed once released.
    let id: String
    /// Statements without their semicolons, in order.
    let statements: [String]

    /// - Parameter sql: Statements, each ended by a semicolon at the end of a line.
    init(_ id: String, sql: String) {
        self.id = id
        statements = sql.split(separator: ";\n").map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }
    }

    /// All of them, oldest first.
    static let all: [CentralMigration] = [
        .tenants, .accounts, .fleet, .ventas, .catalogue, .reports, .fichas, .counter, .cortes, .resellers,
        .slips, .dataLimits,
    ]

    /// All tables of the schema, each after those it refers to.
    static var tables: [String] {
        all.flatMap(\.statements).reduce(into: []) { tables, statement in
            let words = statement.prefix(200).split(whereSeparator: \.isWhitespace)
            guard words.count > 2, words[1] == "TABLE" else { return }
            switch words[0] {
            case "CREATE": tables.append(String(words[2]))
            case "DROP": tables.removeAll { $0 == words[2] }
            default: break
            }
        }
    }
}

extension Substring {
    fileprivate func trimmingWhitespace() -> String {
        var slice = self
        while slice.first?.isWhitespace == true || slice.first == ";" { slice.removeFirst() }
        while slice.last?.isWhitespace == true || slice.last == ";" { slice.removeLast() }
        return String(slice)
    }
}
