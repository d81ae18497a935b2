import Shared

/// Fichas to be printed and cut.
struct SheetView: Sendable {
    struct Cell: Sendable {
        /// Its place in the batch, by which resellers' fichas are counted.
        let number: Int
        let code: String
    }

    let frame: CounterFrame
    let empresa: String
    let name: String
    let price: String
    let fichas: [Cell]
    let batchURL: String
    let scriptURL = CounterPath.script
}
