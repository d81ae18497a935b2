import HTTPTypes
import ServerKit

extension APIError {
    /// What a cashier reads.
    init(_ error: ResellerError) {
        switch error {
        case .noSuchReseller, .noSuchEntrega, .noSuchDevolucion, .noSuchCorte: self = .notFound
        case .batchIsNotReady:
            self.init(
                .conflict,
                code: "batch_not_ready",
                message: "Ese lote todavía se está haciendo. Espera a que termine."
            )
        case .batchIsOver:
            self.init(.conflict, code: "batch_over", message: "Se pasó la fecha de ese lote y ya no se entrega.")
        case .noCount: self.init(invalid: "no_count", "Escribe cuántas fichas se entregan, con números.")
        case .tooFewLeft(let count):
            let left = count == 1 ? "queda 1 ficha" : "quedan \(count) fichas"
            self.init(
                .conflict,
                code: "too_few_left",
                message: "En ese lote \(left) sin vender ni entregar. No se entregó ninguna."
            )
        case .pageIsSpent:
            self.init(
                .conflict,
                code: "page_spent",
                message: "Esa página ya hizo otra cosa y no se repite. Revisa lo que quedó hecho y empieza de nuevo."
            )
        case .nothingComesBack:
            self.init(
                invalid: "nothing_comes_back",
                "Escribe qué fichas regresan: del número al número, o sus códigos de 10 números."
            )
        case .notOfEntrega(let what):
            self.init(invalid: "not_of_entrega", "La ficha \(what) no es de esta entrega. No se recibió ninguna.")
        case .notOut(let numbers):
            self.init(
                .conflict,
                code: "not_out",
                message: "Ya se usaron o ya se habían devuelto: núm. \(numbers). No se recibió ninguna."
            )
        case .settledBefore(let count):
            self.init(
                .conflict,
                code: "settled_before",
                message:
                    "Según sus cortes, las demás ya las vendió y las debe o las pagó. De este producto pueden regresar \(count) a lo más."
            )
        case .accountChanged:
            self.init(
                .conflict,
                code: "account_changed",
                message:
                    "Mientras contabas hubo una entrega, una devolución o un corte. No se hizo nada: cuenta otra vez."
            )
        case .noCountInHand(let product):
            self.init(invalid: "no_count_in_hand", "Escribe cuántas le quedan de \(product), aunque sean 0.")
        case .tooManyInHand(let product, let maximum):
            self.init(
                invalid: "too_many_in_hand",
                "De \(product) puede tener \(maximum) a lo más: las demás ya se usaron, regresaron o están en un corte. Cuenta otra vez."
            )
        case .noAbono: self.init(invalid: "no_abono", "Escribe cuánto paga, como 500 o 500.50; si no paga nada, 0.")
        }
    }

    private init(invalid code: String, _ message: String) {
        self.init(.unprocessableContent, code: code, message: message)
    }
}
