import GRDB
import HTTPTypes
import ServerKit
import Store

extension APIError {
    /// What a cashier reads.
    init(_ error: CounterError) {
        switch error {
        case .noSuchProduct, .noSuchSale, .noSuchCorte, .noSuchBatch: self = .notFound
        case .priceChanged:
            self.init(
                .conflict,
                code: "price_changed",
                message: "El precio acaba de cambiar. No se vendió nada; dile al cliente el precio nuevo."
            )
        case .routerRefuses:
            self.init(
                .serviceUnavailable,
                code: "router_refuses",
                message:
                    "El router no tiene el perfil de esta ficha, así que no serviría. No la cobres y avisa a quien lo administra."
            )
        case .noCode: self = .internalError
        case .alreadyVoided:
            self.init(.conflict, code: "already_voided", message: "Esta venta ya está anulada.")
        case .alreadyUsed:
            self.init(.conflict, code: "already_used", message: "Esta ficha ya se usó y no se puede anular.")
        case .tooLateToVoid:
            let minutes = CounterSale.voidWindow.components.seconds / 60
            self.init(
                .conflict,
                code: "too_late_to_void",
                message: "Ya pasaron \(minutes) minutos desde la venta y no se puede anular aquí."
            )
        case .isInCorte:
            self.init(
                .conflict,
                code: "in_corte",
                message: "Esta venta ya está en un corte de caja y no se puede anular."
            )
        case .corteIsDone:
            self.init(
                .conflict,
                code: "corte_done",
                message: "Ese corte ya se hizo en otra página. Vuelve a contar solo lo que se vendió después."
            )
        case .noAmount:
            self.init(
                .unprocessableContent,
                code: "no_amount",
                message: "Escribe cuánto contaste, como 1250 o 1250.50."
            )
        case .noCount:
            let sizes = Batch.sizes
            self.init(
                .unprocessableContent,
                code: "no_count",
                message: "Escribe cuántas fichas: de \(sizes.lowerBound) a \(sizes.upperBound)."
            )
        case .noSuchPrinted:
            self.init(
                .unprocessableContent,
                code: "no_such_printed",
                message: "Ninguna ficha impresa de tus routers tiene ese código. Revisa los números."
            )
        case .notForSale:
            self.init(
                .conflict,
                code: "not_for_sale",
                message: "Esa ficha ya se vendió, se anuló o se pasó su fecha. No la cobres."
            )
        case .pageIsSpent:
            self.init(
                .conflict,
                code: "page_spent",
                message: "Esa página ya vendió otra ficha. Esta no se vendió: busca su código otra vez."
            )
        case .noReason:
            self.init(
                .unprocessableContent,
                code: "no_reason",
                message: "Escribe por qué se anula, en 200 letras a lo más."
            )
        case .foreignForm:
            self.init(
                .forbidden,
                code: "form_expired",
                message: "Esta página ya no es de tu sesión. No se hizo nada; vuelve al mostrador."
            )
        }
    }

    /// 503: the disk did not take it, or it is not known that it did. Whatever is sent again is the same sale.
    static let notSaved = APIError(
        .serviceUnavailable,
        code: "not_saved",
        message:
            "La caja no pudo guardarlo: el disco puede estar lleno. No entregues nada todavía; vuelve a intentar desde la misma página y, si ya quedó, saldrá la misma venta."
    )

    /// An error of the counter or of the disk under it; nil for any other.
    static func ofCounter(_ error: any Error) -> APIError? {
        switch error {
        case let error as APIError: error
        case let error as CounterError: APIError(error)
        case let error as ResellerError: APIError(error)
        case is DatabaseError, is DurabilityError: .notSaved
        default: nil
        }
    }
}
