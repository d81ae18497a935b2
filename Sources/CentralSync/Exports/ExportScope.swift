import Shared

/// Which ventas an export holds. The tables they name are exported whole, so that no name is missing.
struct ExportScope: Sendable, Equatable {
    /// Ventas that came in at or after this time; nil for all.
    var since: Timestamp?
    /// One empresa's rows only; nil for all.
    var empresaID: String?

    func condition(of table: ExportTable) -> String {
        var parts: [String] = []
        if let empresaID { parts.append("empresa_id = \(CopyQuery.quoted(empresaID))") }
        if let since, let column = table.since { parts.append("\(column) >= \(since.milliseconds)") }
        return parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND ")
    }
}
