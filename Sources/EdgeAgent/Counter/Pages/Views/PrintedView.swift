import Shared

/// Looks up a printed ficha by its code, and asks for its money.
struct PrintedView: Sendable {
    struct Found: Sendable {
        let product: ProductView
        let code: String
        let saleID: String
    }

    let frame: CounterFrame
    let typed: String
    let found: Found?
    let problem: String?
    let action = CounterPath.printed
}
