/// What a sealed value belongs to. It is authenticated with the value, so that nobody who can write to the database can
/// move a secret to another row.
struct SealingContext: Sendable, Hashable {
    /// `empresa`.
    let table: String
    /// `conekta_private_sealed`.
    let column: String
    /// The row's key: `emp_…`, or its parts with slashes.
    let row: String

    /// With a byte between the parts that stands in none of them.
    var bytes: [UInt8] { Array([table, column, row].joined(separator: "\0").utf8) }
}
