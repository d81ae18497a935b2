/// One line of the report.
struct Figure: Sendable {
    var name: String
    let ours: String
    /// What was measured beside it in the same run.
    var beside = "–"
    var ratio = "–"
    var aim = "–"
    /// Nil where there is no aim.
    var isMet: Bool?
}
