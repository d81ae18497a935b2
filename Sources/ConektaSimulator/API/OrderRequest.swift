import Shared

/// The body of `POST /orders` and `PUT /orders/{id}`, read and checked (reference `conekta.md` §2.1, §2.2).
///
/// Parameters that change the amount in ways not modelled here (taxes, discounts, shipping lines) and hosted checkouts
/// are refused as unknown, so that no test passes because they were quietly ignored.
struct OrderRequest {
    let details: OrderDetails
    /// Nil when the order moves no money yet.
    let charge: ChargeDraft?

    private static let parameters: Set<String> = [
        "currency", "customer_info", "line_items", "metadata", "charges", "pre_authorize", "shipping_contact",
        "three_ds_mode", "return_url", "processing_mode",
    ]

    /// Reads a new order.
    init(
        creating body: JSONValue,
        account: ConektaAccount,
        ledger: inout ConektaLedger
    ) throws(ConektaRejection) {
        let reader = try ParameterReader(body)
        try reader.allow(only: Self.parameters)
        guard try reader.requiredText("currency", length: 3...3) == "MXN" else { throw .invalid("currency") }
        if account.requiresShippingContact, (reader.members["shipping_contact"] ?? .null) == .null {
            throw .missing("shipping_contact")
        }
        if reader.members["three_ds_mode"] == .null { throw .invalid("three_ds_mode") }
        let preauthorizes = reader.members["pre_authorize"] ?? false
        guard let preauthorizes = preauthorizes.bool else { throw .invalid("pre_authorize") }
        let mode = try reader.optionalText("three_ds_mode")
        guard mode == nil || ["strict", "not_strict", "smart"].contains(mode) else { throw .invalid("three_ds_mode") }
        details = OrderDetails(
            currency: "MXN",
            customer: try Self.customer(reader),
            lineItems: try Self.lineItems(reader, ledger: &ledger),
            metadata: try reader.metadata(),
            shippingContact: try Self.shippingContact(reader),
            preauthorizes: preauthorizes,
            threeDSMode: mode,
            returnURL: try reader.optionalText("return_url", length: 1...2_000),
            processingMode: try reader.optionalText("processing_mode")
        )
        charge = try Self.charge(reader)
    }

    /// Reads a change: what is not named stays.
    static func changes(
        in body: JSONValue,
        to current: OrderDetails,
        ledger: inout ConektaLedger
    ) throws(ConektaRejection) -> OrderDetails {
        let reader = try ParameterReader(body)
        try reader.allow(only: ["customer_info", "line_items", "metadata", "shipping_contact"])
        var details = current
        if reader.members["customer_info"] != nil { details.customer = try customer(reader) }
        if reader.members["line_items"] != nil { details.lineItems = try lineItems(reader, ledger: &ledger) }
        if reader.members["metadata"] != nil { details.metadata = try reader.metadata() }
        if reader.members["shipping_contact"] != nil { details.shippingContact = try shippingContact(reader) }
        return details
    }

    private static func customer(_ reader: ParameterReader) throws(ConektaRejection) -> [String: JSONValue] {
        let customer = try reader.object("customer_info")
        _ = try customer.requiredText("name")
        _ = try customer.requiredText("phone")
        let email = try customer.requiredText("email")
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { throw .invalid("customer_info.email") }
        return customer.members
    }

    private static func lineItems(
        _ reader: ParameterReader,
        ledger: inout ConektaLedger
    ) throws(ConektaRejection) -> [OrderDetails.LineItem] {
        guard let elements = reader.members["line_items"]?.elements else { throw .missing("line_items") }
        guard (1...100).contains(elements.count) else { throw .invalid("line_items") }
        var items: [OrderDetails.LineItem] = []
        for (index, element) in elements.enumerated() {
            let item = try ParameterReader(element, path: "line_items[\(index)]")
            _ = try item.metadata()
            items.append(
                OrderDetails.LineItem(
                    id: ledger.newIdentifier("line_item_"),
                    name: try item.requiredText("name", length: 3...249),
                    unitPriceCents: try item.requiredInteger("unit_price", 0...Int64(Int32.max)),
                    quantity: try item.requiredInteger("quantity", 1...100_000),
                    extra: item.members.filter { !["name", "unit_price", "quantity"].contains($0.key) }
                )
            )
        }
        return items
    }

    /// The rules that stay even with `soft_validations`.
    private static func shippingContact(_ reader: ParameterReader) throws(ConektaRejection) -> JSONValue? {
        guard let value = reader.members["shipping_contact"], value != .null else { return nil }
        let address = try reader.object("shipping_contact").object("address")
        _ = try address.requiredText("street1", length: 5...249)
        let city = try address.requiredText("city")
        guard city.contains(where: { $0 != " " }), !city.contains("-") else {
            throw .invalid("shipping_contact.address.city")
        }
        if address.members["street2"] == .null { throw .invalid("shipping_contact.address.street2") }
        return value
    }

    private static func charge(_ reader: ParameterReader) throws(ConektaRejection) -> ChargeDraft? {
        guard let charges = reader.members["charges"], charges != .null, charges != [] else { return nil }
        // Two charges on one order are two payments of parts of it; nobody sells a ficha that way.
        guard charges.elements?.count == 1 else { throw .amountMismatch }
        return try ChargeDraft(reading: charges[0], path: "charges[0]")
    }
}
