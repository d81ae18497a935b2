/// The report: all figures in columns.
struct FigureTable {
    private var rows = [["benchmark", "figure", "ours", "beside", "ratio", "aim", ""]]

    mutating func add(_ figures: [Figure], of benchmark: String) {
        for figure in figures {
            let mark = figure.isMet.map { $0 ? "met" : "MISSED" } ?? ""
            rows.append([benchmark, figure.name, figure.ours, figure.beside, figure.ratio, figure.aim, mark])
        }
    }

    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}
