import Shared

/// What comes back, by numbers, by codes or both.
struct DevolucionForm: CounterForm {
    let formKey: String?
    let devolucionID: String?
    let first: String?
    let last: String?
    let codes: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case devolucionID = "devolucion"
        case first = "desde"
        case last = "hasta"
        case codes = "codigos"
    }

    /// One number alone is that ficha.
    ///
    /// - Throws: ``ResellerError/nothingComesBack`` for what cannot be read.
    func broughtBack() throws(ResellerError) -> FichasBroughtBack {
        var fichas = FichasBroughtBack()
        if first != nil || last != nil {
            guard let from = TypedAmount.count(first ?? last), let to = TypedAmount.count(last ?? first), from >= 1,
                from <= to
            else { throw .nothingComesBack }
            fichas.numbers = from...to
        }
        for line in (codes ?? "").split(whereSeparator: { $0.isNewline || $0 == "," || $0 == ";" }) {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            guard let code = FichaCode(typed: String(line)) else { throw .nothingComesBack }
            fichas.codes.insert(code)
        }
        guard fichas.numbers != nil || !fichas.codes.isEmpty else { throw .nothingComesBack }
        return fichas
    }
}
