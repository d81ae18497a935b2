/// The SQL around an export's rows. Only what PostgreSQL 12 and its like all know: no triggers, no functions, no types
/// of our own.
enum ExportSQL {
    /// One transaction: a file that was cut loads nothing.
    static func beginning() -> String {
        """
        -- Fichas: ventas y lo que las nombra. Se carga con: psql -v ON_ERROR_STOP=1 -f fichas.sql
        -- Cargarlo otra vez, o uno más nuevo encima, deja cada venta una vez.
        BEGIN;
        SET LOCAL client_encoding = 'UTF8';
        SET LOCAL standard_conforming_strings = on;
        SET LOCAL client_min_messages = warning;
        SET LOCAL datestyle = 'ISO';
        \(schema)

        """
    }

    /// Tables with their comments, and views.
    static var schema: String {
        let tables = ExportTable.all.map(definition)
        return (["CREATE SCHEMA IF NOT EXISTS fichas"] + tables.flatMap(\.self) + ExportViews.statements)
            .map { $0 + ";\n" }.joined()
    }

    static let beginningOfFull = """
        -- Fichas: un centro entero, con secretos sellados y huellas de contraseñas. Se carga con: central-sync import
        BEGIN;
        SET LOCAL client_encoding = 'UTF8';


        """

    static let end = "COMMIT;\n"

    /// Rows go into a table of their own first, so that those which are there already can be told apart.
    static func beforeRows(of table: ExportTable) -> String {
        """
        CREATE TEMPORARY TABLE new_\(table.name) (LIKE fichas.\(table.name)) ON COMMIT DROP;
        COPY new_\(table.name) (\(names(of: table))) FROM stdin;

        """
    }

    static func afterRows(of table: ExportTable) -> String {
        let others = table.columns.map(\.name).filter { !table.key.contains($0) }
        // A venta never changes; a name does.
        let action =
            table.since == nil
            ? "UPDATE SET " + others.map { "\($0) = excluded.\($0)" }.joined(separator: ", ") : "NOTHING"
        return """
            \\.
            INSERT INTO fichas.\(table.name) (\(names(of: table))) SELECT \(names(of: table)) FROM new_\(table.name)
            ON CONFLICT (\(table.key.joined(separator: ", "))) DO \(action);


            """
    }

    private static func definition(of table: ExportTable) -> [String] {
        let columns = table.columns.map { "    \($0.name) \($0.type)" }
        let constraints =
            ["    PRIMARY KEY (\(table.key.joined(separator: ", ")))"] + table.references.map { "    " + $0 }
        let create = """
            CREATE TABLE IF NOT EXISTS fichas.\(table.name) (
            \((columns + constraints).joined(separator: ",\n"))
            )
            """
        let comments = table.columns.map { column in
            "COMMENT ON COLUMN fichas.\(table.name).\(column.name) IS \(CopyQuery.quoted(column.comment))"
        }
        let hasDay = table.columns.contains { $0.name == "local_date" }
        let indexes = table.since != nil && hasDay ? [index(of: table)] : []
        // What was loaded by an earlier version has no columns of later ones.
        let additions = table.columns.filter(\.mayBeNull).map { column in
            "ALTER TABLE fichas.\(table.name) ADD COLUMN IF NOT EXISTS \(column.name) \(column.type)"
        }
        return [create] + additions + ["COMMENT ON TABLE fichas.\(table.name) IS \(CopyQuery.quoted(table.comment))"]
            + comments
            + indexes
    }

    private static func index(of table: ExportTable) -> String {
        "CREATE INDEX IF NOT EXISTS \(table.name)_of_day ON fichas.\(table.name) (empresa_id, local_date)"
    }

    private static func names(of table: ExportTable) -> String {
        table.columns.map(\.name).joined(separator: ", ")
    }
}
