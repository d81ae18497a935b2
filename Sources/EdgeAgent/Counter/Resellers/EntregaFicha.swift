import Shared

/// A ficha of an entrega.
struct EntregaFicha: Sendable, Equatable {
    let code: FichaCode
    /// Its place in its batch, from 1, as it is printed.
    let number: Int64
    /// It was handed over and nobody has used it, nor was it brought back.
    let isOut: Bool
}
