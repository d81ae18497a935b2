/// What a form of a session posts. Fields that are missing count as nil: a page of ours has them all.
protocol CounterForm: Decodable, Sendable {
    /// ``CounterSession/formKey``.
    var formKey: String? { get }
}
