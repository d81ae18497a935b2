import Shared

/// The body of `POST /orders` without charges (reference `conekta.md` §2.1, §2.2).
struct OrderBody: Encodable {
    private struct Customer: Encodable {
        let name: String
        let email: String
        let phone: String
        let metadata = SoftValidations()
    }

    private struct LineItem: Encodable {
        let name: String
        let unit_price: Int64
        let quantity = 1
    }

    private struct ShippingContact: Encodable {
        struct Address: Encodable {
            let street1 = "Pendiente"
            let city = "Pendiente"
            let state = "Pendiente"
            let country = "MX"
            let postal_code = "00000"
        }
        let phone: String
        let receiver: String
        let address = Address()
        let metadata = SoftValidations()
    }

    /// Makes Conekta warn where it would refuse a weak name or telephone number.
    private struct SoftValidations: Encodable {
        let soft_validations = true
    }

    private let currency: String
    private let customer_info: Customer
    private let line_items: [LineItem]
    private let metadata: [String: String]
    private let shipping_contact: ShippingContact?
    private let return_url: String?

    init(_ draft: OrderDraft, sendsShippingContact: Bool) {
        // What the official plugin sends where it knows nothing (reference `conekta.md` §2.1).
        let name = draft.customerName.allSatisfy(\.isWhitespace) ? "Cliente" : draft.customerName
        let phone = draft.customerPhone ?? "0000000000"
        currency = draft.amount.currency
        customer_info = Customer(name: name, email: draft.customerEmail, phone: phone)
        line_items = [LineItem(name: Self.lineItemName(draft.productName), unit_price: draft.amount.cents)]
        metadata = draft.metadata
        return_url = draft.returnURL
        shipping_contact = sendsShippingContact ? ShippingContact(phone: phone, receiver: name) : nil
    }

    /// Conekta wants 3 to 249 characters; a product may be called "1h".
    static func lineItemName(_ name: String) -> String {
        let whole = name.unicodeScalars.count < 3 ? "Ficha \(name)" : name
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: whole.unicodeScalars.prefix(249))
        return String(scalars)
    }
}
