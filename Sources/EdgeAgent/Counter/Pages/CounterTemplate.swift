/// The templates of the counter, by their file names without the extension.
enum CounterTemplate: String, CaseIterable, Sendable {
    case layout
    case login = "entrar"
    case home = "mostrador"
    case charge = "cobrar"
    case sale = "venta"
    case outlet = "salida"
    case void = "anular"
    case batches = "lotes"
    case batch = "lote"
    case printed = "impresa"
    case corte
    case closed = "corte-hecho"
    case resellers = "revendedores"
    case reseller = "revendedor"
    case handOver = "entregar"
    case entrega
    case takeBack = "devolver"
    case devolucion
    case resellerCount = "contar"
    case resellerReview = "contado"
    case settled = "corte-de-revendedor"
    case error
}
