/// The till to be counted, and the cortes before.
struct CorteListView: Sendable {
    let frame: CounterFrame
    let forms: [CorteFormView]
    let done: [CorteView]
    let problem: String?
    let action = CounterPath.cortes
}
