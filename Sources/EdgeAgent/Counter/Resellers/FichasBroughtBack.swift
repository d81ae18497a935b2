import Shared

/// Which fichas of an entrega come back: those with numbers from one to another, and those with these codes.
struct FichasBroughtBack: Sendable, Equatable {
    var numbers: ClosedRange<Int64>?
    var codes: Set<FichaCode> = []

    /// Those of an entrega that are meant.
    ///
    /// - Throws: ``ResellerError`` unless each of them is out.
    func chosen(from fichas: [EntregaFicha]) throws(ResellerError) -> [EntregaFicha] {
        let chosen = fichas.filter { numbers?.contains($0.number) == true || codes.contains($0.code) }
        let strangers = codes.subtracting(fichas.map(\.code))
        if let stranger = strangers.min(by: { $0.digits < $1.digits }) { throw .notOfEntrega(stranger.grouped) }
        // A number that is of another entrega in between would look as if it came back too.
        if let numbers, let known = chosen.map(\.number).min(), let last = chosen.map(\.number).max(),
            numbers.lowerBound < known || numbers.upperBound > last
        {
            throw .notOfEntrega(numbers.lowerBound < known ? "\(numbers.lowerBound)" : "\(numbers.upperBound)")
        }
        guard !chosen.isEmpty else { throw .nothingComesBack }
        let gone = chosen.filter { !$0.isOut }.map(\.number)
        guard gone.isEmpty else { throw .notOut(FichaNumbers(gone).text) }
        return chosen
    }
}
