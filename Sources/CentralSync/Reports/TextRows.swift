/// Rows of texts that a query is given as a table.
struct TextRows {
    private let rows: [[String]]

    /// - Parameter rows: Of one width.
    init(_ rows: [[String]]) {
        self.rows = rows
    }

    var isEmpty: Bool { rows.isEmpty }

    var arguments: [SQLValue] { rows.flatMap { $0.map(SQLValue.text) } }

    /// `VALUES …` with a place for each argument.
    ///
    /// - Parameter count: Of the arguments before these.
    func values(after count: Int) -> String {
        var place = count
        let rows = rows.map { row in
            let places = row.map { _ in
                place += 1
                return "CAST($\(place) AS TEXT)"
            }
            return "(\(places.joined(separator: ", ")))"
        }
        return "VALUES " + rows.joined(separator: ", ")
    }
}
