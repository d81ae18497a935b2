import ServerKit
import Shared

/// The page an operator looks at: the sales of one empresa or of all, and which boxes are in trouble.
struct Dashboard: Sendable, Equatable {
    struct EmpresaLine: Sendable, Equatable {
        let id: String
        let name: String
        var periods: [ReportPeriod: SalesFigure]
    }

    struct RouterLine: Sendable, Equatable {
        let empresaID: String
        let id: String
        /// Nil for a router that is not configured any more.
        let name: String?
        var figure: SalesFigure
    }

    struct ProductLine: Sendable, Equatable {
        let empresaID: String
        let id: Int64
        /// Nil for a product that is not in the catalogue any more.
        let name: String?
        var figure: SalesFigure
    }

    struct HourLine: Sendable, Equatable {
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
}

// MARK: As it is answered

extension Dashboard {
    /// An object.
    func write(to text: inout JSONText) {
        text.object { text in
            text.member("at", at.rfc3339)
            text.member("period", period.rawValue)
            text.name("totals")
            Self.write(totals, to: &text)
            text.name("by_empresa")
            text.array(byEmpresa) { $1.write(to: &$0) }
            text.name("by_router")
            text.array(byRouter) { $1.write(to: &$0) }
            text.name("by_product")
            text.array(byProduct) { $1.write(to: &$0) }
            text.name("by_hour")
            text.array(byHour) { $1.write(to: &$0) }
            text.name("boxes")
            boxes.write(to: &text)
        }
    }

    fileprivate static func write(_ figures: [ReportPeriod: SalesFigure], to text: inout JSONText) {
        text.object { text in
            for period in ReportPeriod.allCases {
                guard let figure = figures[period] else { continue }
                text.name(period.rawValue)
                figure.write(to: &text)
            }
        }
    }
}

extension Dashboard.EmpresaLine {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("empresa_id", id)
            text.member("name", name)
            text.name("periods")
            Dashboard.write(periods, to: &text)
        }
    }
}

extension Dashboard.RouterLine {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("empresa_id", empresaID)
            text.member("router_id", id)
            text.member("name", name)
            text.name("figure")
            figure.write(to: &text)
        }
    }
}

extension Dashboard.ProductLine {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("empresa_id", empresaID)
            text.member("product_id", id)
            text.member("name", name)
            text.name("figure")
            figure.write(to: &text)
        }
    }
}

extension Dashboard.HourLine {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("hour", hour)
            text.name("figure")
            figure.write(to: &text)
        }
    }
}
