/// What was counted beside what should have been there.
struct ClosedTillView: Sendable {
    let frame: CounterFrame
    let corte: CorteView
    let empresa: String
    let site: String
    let scriptURL = CounterPath.script
}
