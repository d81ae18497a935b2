/// Why the counter does not do something with a reseller. Nothing changed then.
enum ResellerError: Error, Equatable {
    /// Nobody of that name takes fichas where the cashier sells.
    case noSuchReseller
    case noSuchEntrega
    case noSuchDevolucion
    case noSuchCorte
    /// The batch is still being made.
    case batchIsNotReady
    /// Past the date until which it is sold.
    case batchIsOver
    /// No number of fichas.
    case noCount
    /// So many are left to hand over.
    case tooFewLeft(Int64)
    /// The page did something else before.
    case pageIsSpent
    /// Neither numbers nor codes, or none that can be read.
    case nothingComesBack
    /// The number or code is not of this entrega.
    case notOfEntrega(String)
    /// These were used or brought back before.
    case notOut(String)
    /// They were settled as sold; so many can still come back.
    case settledBefore(Int64)
    /// Something was handed over, brought back or settled meanwhile.
    case accountChanged
    /// What is in hand was not said for each product.
    case noCountInHand(String)
    /// More in hand than there can be.
    case tooManyInHand(product: String, maximum: Int64)
    /// What is paid is no amount of money.
    case noAbono
}
