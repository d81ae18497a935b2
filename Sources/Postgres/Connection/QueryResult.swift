import CLibPQ

/// One result of libpq's, freed when it goes away.
struct QueryResult: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes the result over.
    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }
    var rowCount: Int { Int(PQntuples(pointer)) }
    /// What was done, in the server's words: `COMMIT`, `INSERT 0 3`.
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }
    /// How many rows were written, copied or selected; 0 where that makes no sense.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// The names and types of the columns.
    var shape: RowShape {
        let places = 0..<PQnfields(pointer)
        return RowShape(
            columns: places.map { String(cString: PQfname(pointer, $0)) },
            types: places.map { ColumnType(oid: PQftype(pointer, $0)) }
        )
    }

    /// Copies a row out. The shape must be this result's, or that of an earlier one of the same statement.
    func row(_ number: Int, _ shape: RowShape) -> PostgresRow {
        let row = Int32(number)
        let values = shape.types.enumerated().map { place, type -> PostgresValue in
            let column = Int32(place)
            guard PQgetisnull(pointer, row, column) == 0, let text = PQgetvalue(pointer, row, column) else {
                return .null
            }
            let count = Int(PQgetlength(pointer, row, column))
            return text.withMemoryRebound(to: UInt8.self, capacity: count) {
                type.value(UnsafeBufferPointer(start: $0, count: count))
            }
        }
        return PostgresRow(columns: shape.columns, values: values)
    }

    /// What the server complains of; nil where it does not.
    var failure: ServerFailure? {
        guard status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE else { return nil }
        let error = PostgresServerError(
            sqlState: SQLState(rawValue: field(clibpq_sqlstate) ?? ""),
            message: field(clibpq_message) ?? "",
            detail: field(clibpq_detail),
            constraint: field(clibpq_constraint),
            table: field(clibpq_table),
            column: field(clibpq_column)
        )
        // Without a code it is libpq itself that complains, of a connection that is no more.
        let severity = field(clibpq_severity) ?? field(clibpq_translated_severity)
        let endsConnection = error.sqlState.rawValue.isEmpty || severity == "FATAL" || severity == "PANIC"
        return ServerFailure(error: error, endsConnection: endsConnection)
    }

    private func field(_ field: clibpq_field) -> String? {
        clibpq_error_field(pointer, field).map { String(cString: $0) }
    }
}
