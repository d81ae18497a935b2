import Shared

/// What stands on every page of the counter.
struct CounterFrame: Sendable {
    let empresa: String
    let site: String
    /// The style sheet, inline in each page.
    let style: String
    /// Nil before somebody has signed in.
    let cashierID: String?
    let cashierName: String?
    let routerIDs: [String]
    let formKey: String?
    let homeURL = CounterPath.home
    let printedURL = CounterPath.printed
    let batchesURL = CounterPath.batches
    let resellersURL = CounterPath.resellers
    let logoutURL = CounterPath.logout

    init(_ site: SiteSnapshot, session: CounterSession?, style: String) {
        empresa = site.empresa.name
        self.site = site.site.name
        self.style = style
        cashierID = session?.cashier.id
        cashierName = session?.cashier.name
        routerIDs = session?.cashier.routerIDs ?? []
        formKey = session?.formKey
    }
}
