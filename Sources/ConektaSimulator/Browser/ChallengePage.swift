import FoundationEssentials
import Shared

/// The page a payer confirms a payment on, in place of the issuer's (reference `conekta.md` §2.5).
struct ChallengePage {
    let order: LedgerOrder
    let companyName: String
    /// True inside an iframe of the shop, which is told the outcome by a message instead of being left.
    let isEmbedded: Bool

    static let pathPrefix = "/3ds/"

    /// Asks, or tells that it is over.
    var html: String {
        order.challenge == nil ? finished : question
    }

    /// Where the browser goes when the payer has decided; nil to stay and tell the parent page.
    var redirection: String? {
        guard !isEmbedded, order.challenge == nil, returnOrigin != nil else { return nil }
        return order.details.returnURL
    }

    private var question: String {
        page(
            """
            <h1>Confirma tu pago</h1>
            <p><strong>\(HTMLText.escaped(companyName))</strong> quiere cobrar</p>
            <p class="amount">\(amount)</p>
            <p>a la tarjeta que termina en \(lastFourDigits).</p>
            <form method="post">
              <button name="decision" value="approve">Autorizar</button>
              <button class="second" name="decision" value="fail">Rechazar</button>
            </form>
            <p class="note">Simulador: esta página está en lugar de la del banco.</p>
            """
        )
    }

    private var finished: String {
        let paid = order.paymentStatus == "paid" || order.paymentStatus == "pre_authorized"
        let message: JSONValue = [
            "order_id": .string(order.id), "payment_status": paid ? "paid" : "declined",
            "error": paid ? .null : .string("conekta.errors." + CardDecline.declinedBy3DS.code),
        ]
        let target = HTMLText.script(.string(returnOrigin ?? "*"))
        return page(
            """
            <h1>\(paid ? "Pago autorizado" : "Pago rechazado")</h1>
            <p>Ya puedes volver a la página de la tienda.</p>
            <script>if (parent !== window) parent.postMessage(\(HTMLText.script(message)), \(target))</script>
            """
        )
    }

    private var amount: String {
        let cents = order.amountCents
        let rest = cents % 100
        return "$\(cents / 100).\(rest < 10 ? "0" : "")\(rest) \(HTMLText.escaped(order.details.currency))"
    }

    private var lastFourDigits: String { order.charges.last?.card.lastFourDigits ?? "" }

    /// Scheme, host and port of the shop's page; nil when there is none to go back to.
    private var returnOrigin: String? {
        guard let text = order.details.returnURL, let url = URLComponents(string: text), let host = url.host,
            let scheme = url.scheme, scheme == "https" || scheme == "http"
        else { return nil }
        return "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
    }

    private func page(_ body: String) -> String {
        """
        <!doctype html>
        <html lang="es">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Confirma tu pago</title>
        <style>
        body { margin: 0 auto; max-width: 26rem; padding: 20px; color: #1b1f27;
          font: 16px/1.5 system-ui, -apple-system, Roboto, "Segoe UI", sans-serif }
        h1 { font-size: 22px; margin: 0 0 12px }
        .amount { font-size: 30px; font-weight: 700; margin: 8px 0 }
        button { width: 100%; height: 48px; margin-top: 12px; font: inherit; font-weight: 600; color: #fff;
          background: #0b57d0; border: 1px solid #0b57d0; border-radius: 8px }
        button.second { color: #0b57d0; background: #fff }
        .note { margin-top: 20px; font-size: 13px; color: #59606d }
        </style>
        </head>
        <body>\(body)</body>
        </html>

        """
    }
}
