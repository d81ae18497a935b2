/// Rows of one table on their way out, as text that PostgreSQL's `COPY` reads; both databases write the same.
struct CopyQuery: Sendable {
    /// How a column is written.
    enum Kind: String, Sendable {
        case text, integer
        /// 0 and 1 as `f` and `t`.
        case boolean
        /// Milliseconds as `2026-11-22 16:10:09.5+00`.
        case time
        case bytes
    }

    enum Format: Sendable {
        /// `COPY`'s own: columns between tabs, backslashes before what is special, `\N` for NULL.
        case text
        /// Nothing for NULL, `""` for an empty text.
        case csv
    }

    struct Column: Sendable, Hashable {
        let name: String
        let kind: Kind
    }

    let table: String
    /// By their names in the table.
    let columns: [Column]
    /// SQL that both databases read; its texts are quoted by ``quoted(_:)``.
    var condition = "1 = 1"
    var format = Format.text

    /// A text as SQL says it. `COPY` takes no arguments.
    static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}
