/// Why the counter does not do something. Nothing changed then.
enum CounterError: Error, Equatable {
    /// The router does not sell it, or this cashier does not sell there.
    case noSuchProduct
    /// It costs something else than the page said.
    case priceChanged
    /// The router answers, and could not deliver it: its profile is missing there.
    case routerRefuses
    /// No free code was found.
    case noCode
    /// There is no such sale in this cashier's till.
    case noSuchSale
    case alreadyVoided
    /// The ficha was used, or has ended.
    case alreadyUsed
    case tooLateToVoid
    /// It was counted in a corte.
    case isInCorte
    /// There is no such corte of this cashier.
    case noSuchCorte
    /// The till was closed by another page.
    case corteIsDone
    /// There is no such batch at the routers of this cashier.
    case noSuchBatch
    /// More fichas than one batch may have, or none.
    case noCount
    /// No printed ficha has this code, or it is of another router.
    case noSuchPrinted
    /// The printed ficha was sold before, or was taken back.
    case notForSale
    /// The page sold another ficha before.
    case pageIsSpent
    /// What was counted is no amount of money.
    case noAmount
    /// A sale is taken back for a reason.
    case noReason
    /// The form is not of this session.
    case foreignForm
}
