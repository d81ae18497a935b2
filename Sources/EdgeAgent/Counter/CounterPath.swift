/// The addresses of the counter. All begin with ``home``, which the session's cookie is limited to.
enum CounterPath {
    static let home = "/mostrador"
    static let login = home + "/entrar"
    /// As ``login``, for somebody whose session has ended while they worked.
    static let loginAgain = login + "?fin=1"
    static let logout = home + "/salir"
    static let batches = home + "/lotes"
    static let printed = home + "/impresa"
    static let cortes = home + "/cortes"
    static let outlet = home + "/salida"
    static let resellers = home + "/revendedores"
    static let script = home + "/imprimir.js"

    static func charge(_ routerID: String, _ productID: Int64) -> String { home + "/r/\(routerID)/cobrar/\(productID)" }
    static func batch(_ id: CounterID<Batch>) -> String { batches + "/\(id)" }
    static func sheet(_ id: CounterID<Batch>, _ number: Int) -> String { batch(id) + "/hojas/\(number)" }
    static func corte(_ id: CounterID<Corte>) -> String { cortes + "/\(id)" }
    static func reseller(_ id: String) -> String { resellers + "/\(id)" }
    static func handOver(_ resellerID: String) -> String { reseller(resellerID) + "/entregar" }
    static func count(_ resellerID: String) -> String { reseller(resellerID) + "/contar" }
    static func settle(_ resellerID: String) -> String { reseller(resellerID) + "/corte" }
    static func entrega(_ id: CounterID<Entrega>) -> String { home + "/entregas/\(id)" }
    static func takeBack(_ id: CounterID<Entrega>) -> String { entrega(id) + "/devolver" }
    static func devolucion(_ id: CounterID<Devolucion>) -> String { home + "/devoluciones/\(id)" }
    static func resellerCorte(_ id: CounterID<ResellerCorte>) -> String { home + "/cortes-de-revendedor/\(id)" }
    static func sale(_ id: SaleID) -> String { home + "/ventas/\(id)" }
    static func slip(_ id: SaleID) -> String { sale(id) + "/boleto" }
    static func printing(_ id: SaleID) -> String { sale(id) + "/imprimir" }
    static func reprint(_ id: SaleID) -> String { sale(id) + "/reimprimir" }
    static func void(_ id: SaleID) -> String { sale(id) + "/anular" }
}
