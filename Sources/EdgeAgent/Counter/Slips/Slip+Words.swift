import Foundation
import Purchasing
import Shared

// What a slip says, in the words of its buyers. Every kind of paper says the same.
extension Slip {
    static let reprintMark = "REIMPRESIÓN"

    /// The product's name, with its time where the name does not say it.
    var title: String {
        let duration = DurationText.text(seconds: product.durationSeconds)
        return product.name.lowercased().contains(duration) ? product.name : "\(product.name) (\(duration))"
    }

    var clockSentence: String {
        switch product.clock {
        case .corrido: "El tiempo corre desde que te conectas."
        case .pausado: "El tiempo corre solo mientras navegas."
        }
    }

    /// Nil for a product without a limit.
    var dataSentence: String? {
        guard let bytes = product.dataLimitBytes else { return nil }
        let (unit, name): (Int64, String) = bytes >= 1_000_000_000 ? (1_000_000_000, "GB") : (1_000_000, "MB")
        let tenths = bytes % unit * 10 / unit
        return "Hasta \(bytes / unit)\(tenths == 0 ? "" : ".\(tenths)") \(name)."
    }

    /// How to be online, one step after the other.
    var steps: [String] {
        let network = issuer.wifiName.map { "al WiFi «\($0)»" } ?? "a nuestro WiFi"
        let typing = "toca «Ya tengo una ficha» y escribe tus \(FichaCode.length) números."
        return [
            "1. Conéctate \(network).",
            redeemURL == nil
                ? "2. En la página que se abre, \(typing)"
                : "2. Escanea el QR y toca «Conectarme». ¿No se puede? En la página que se abre, \(typing)",
        ]
    }

    /// Where and when it was sold, or which of a batch it is.
    var originLines: [String] {
        switch origin {
        case .sold(let sale):
            [
                "Folio \(Self.padded(sale.folio, to: 6)) · \(SlipTime.text(sale.soldAt, in: issuer.timeZone))",
                "Caja \(sale.till) · Atendió \(sale.cashier)",
            ]
        case .stock(let stock): ["Lote \(stock.batch) · Núm. \(stock.number)"]
        }
    }

    /// For stock with a date after which it is not sold.
    var sellByLine: String? {
        guard case .stock(let stock) = origin, let sellBy = stock.sellBy else { return nil }
        return "Venta hasta el \(SlipTime.day(sellBy, in: issuer.timeZone))"
    }

    private static func padded(_ number: Int64, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(length - digits.count, 0)) + digits
    }
}
