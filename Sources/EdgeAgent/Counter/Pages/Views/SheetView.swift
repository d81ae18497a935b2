import Shared

/// Fichas to be printed and cut.
struct SheetView: Sendable {
    let frame: CounterFrame
    let empresa: String
    let name: String
    let price: String
    let codes: [String]
    let batchURL: String
    let scriptURL = CounterPath.script
}
