/// The columns of an answer.
struct RowShape {
    let columns: [String]
    let types: [ColumnType]
}
