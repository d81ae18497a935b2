/// Of which empresas a report is.
///
/// It is said in the text of a query and not by an argument that may be empty: PostgreSQL would plan such a query anew each
/// time, which takes longer than to carry it out.
struct ReportScope: Sendable {
    /// Nil for all.
    let empresaID: String?

    /// What the queries' arguments begin with.
    var arguments: [SQLValue] { empresaID.map { [.text($0)] } ?? [] }

    /// - Parameter column: With the empresa's id.
    func condition(_ column: String) -> String {
        empresaID == nil ? "TRUE" : "\(column) = $1"
    }
}
