/// What SQLite wants said otherwise in SQL written for PostgreSQL.
enum SQLiteDialect {
    /// Tables of short rows that are read in the order of their key, and so kept in it: one tree to write and to seek in
    /// instead of a table and its index (https://sqlite.org/withoutrowid.html).
    private static let tablesInKeyOrder = ["venta_sum"]

    /// A `CREATE TABLE` with SQLite's names of the types, and strict about them.
    static func schema(_ statement: String) -> String {
        let typed = statement.replacing(" BIGINT", with: " INTEGER").replacing(" BYTEA", with: " BLOB")
        guard typed.hasPrefix("CREATE TABLE") else { return typed }
        let isInKeyOrder = tablesInKeyOrder.contains { typed.hasPrefix("CREATE TABLE \($0) (") }
        return typed + (isInKeyOrder ? " STRICT, WITHOUT ROWID" : " STRICT")
    }

    /// Arguments are `?1` where PostgreSQL says `$1`. No text of ours has a dollar sign.
    static func statement(_ sql: String) -> String {
        sql.replacing("$", with: "?")
    }
}
