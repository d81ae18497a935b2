import Shared

/// The page an operator looks at: the sales of one empresa or of all, and which boxes are in trouble.
struct Dashboard: Sendable, Equatable, Encodable {
    struct EmpresaLine: Sendable, Equatable, Encodable {
        let id: String
        let name: String
        var periods: [ReportPeriod: SalesFigure]

        enum CodingKeys: String, CodingKey {
            case name, periods
            case id = "empresa_id"
        }
    }

    struct RouterLine: Sendable, Equatable, Encodable {
        let empresaID: String
        let id: String
        /// Nil for a router that is not configured any more.
        let name: String?
        var figure: SalesFigure

        enum CodingKeys: String, CodingKey {
            case name, figure
            case empresaID = "empresa_id"
            case id = "router_id"
        }
    }

    struct ProductLine: Sendable, Equatable, Encodable {
        let empresaID: String
        let id: Int64
        /// Nil for a product that is not in the catalogue any more.
        let name: String?
        var figure: SalesFigure

        enum CodingKeys: String, CodingKey {
            case name, figure
            case empresaID = "empresa_id"
            case id = "product_id"
        }
    }

    struct HourLine: Sendable, Equatable, Encodable {
        /// 0 to 23, where it was sold.
        let hour: Int64
        var figure: SalesFigure
    }

    let at: Timestamp
    /// What the lines by router, product and hour are about.
    let period: ReportPeriod
    let totals: [ReportPeriod: SalesFigure]
    let byEmpresa: [EmpresaLine]
    /// Those that sold most, at most ``DashboardStore/lineLimit``.
    let byRouter: [RouterLine]
    /// Those that sold most, at most ``DashboardStore/lineLimit``.
    let byProduct: [ProductLine]
    let byHour: [HourLine]
    let boxes: BoxSummary

    enum CodingKeys: String, CodingKey {
        case at, period, totals, boxes
        case byEmpresa = "by_empresa"
        case byRouter = "by_router"
        case byProduct = "by_product"
        case byHour = "by_hour"
    }
}
