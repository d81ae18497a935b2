import Shared

/// The products to sell, what was taken today, and the last sales.
struct CounterHomeView: Sendable {
    /// What one router sells. Its name is said only where there are several.
    struct Shelf: Sendable {
        let name: String?
        let products: [ProductView]
    }

    let frame: CounterFrame
    let shelves: [Shelf]
    let count: Int64
    let isOne: Bool
    let cash: String
    let sales: [SaleLineView]
    let corteURL = CounterPath.cortes
    /// Where slips come out.
    let outlet: String
    let outletURL = CounterPath.outlet

    init(
        _ site: SiteSnapshot,
        taken: [String: TillDay],
        sales: [CounterSale],
        now: Timestamp,
        outlet: SlipOutlet,
        frame: CounterFrame
    ) {
        self.frame = frame
        self.outlet = outlet.name
        let routers = site.routers.filter { frame.routerIDs.contains($0.id) }
        shelves = routers.map { router in
            let products = site.catalogue(routerID: router.id).map { product in
                ProductView(product, url: CounterPath.charge(router.id, product.id))
            }
            return Shelf(name: routers.count > 1 ? router.name : nil, products: products)
        }.filter { !$0.products.isEmpty }
        count = taken.values.reduce(0) { $0 + $1.count }
        isOne = count == 1
        let amounts = taken.sorted { $0.key < $1.key }.map { Money(cents: $1.cents, currency: $0).displayText }
        cash = amounts.isEmpty ? "$0" : amounts.joined(separator: " + ")
        let calendar = SiteCalendar(site)
        self.sales = sales.map { SaleLineView($0, calendar: calendar, now: now) }
    }
}
