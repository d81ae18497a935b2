/// What SQLite wants said otherwise in SQL written for PostgreSQL.
enum SQLiteDialect {
    /// A `CREATE TABLE` with SQLite's names of the types, and strict about them.
    static func schema(_ statement: String) -> String {
        let typed = statement.replacing(" BIGINT", with: " INTEGER").replacing(" BYTEA", with: " BLOB")
        return typed.hasPrefix("CREATE TABLE") ? typed + " STRICT" : typed
    }

    /// Arguments are `?1` where PostgreSQL says `$1`. No text of ours has a dollar sign.
    static func statement(_ sql: String) -> String {
        sql.replacing("$", with: "?")
    }
}
