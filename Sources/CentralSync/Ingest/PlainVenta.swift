import Shared

/// Reads an event as boxes write it, several times faster than a general reader of JSON: of the time a batch takes, most
/// would else go there.
///
/// It takes only what it understands without doubt: objects of whole numbers, nulls, and texts without escapes, every name
/// once. All else, right or wrong, is for `JSONDecoder`; what both read they read alike (`PlainVentaTests`).
struct PlainVenta {
    private enum Value {
        case text(String)
        case integer(Int64)
        case null
        case object([(name: String, value: Value)])
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    static func read(_ text: String) -> VentaEvent? {
        var text = text
        return text.withUTF8 { bytes in
            var reader = PlainVenta(bytes: bytes)
            guard let members = reader.object(depth: 0) else { return nil }
            reader.skipSpaces()
            guard reader.position == bytes.count else { return nil }
            return event(members)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    // MARK: JSON

    private mutating func object(depth: Int) -> [(name: String, value: Value)]? {
        guard take(UInt8(ascii: "{")) else { return nil }
        var members: [(name: String, value: Value)] = []
        members.reserveCapacity(16)
        repeat {
            guard let name = text(), take(UInt8(ascii: ":")), let value = value(depth: depth),
                !members.contains(where: { $0.name == name })
            else { return nil }
            members.append((name, value))
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}")) ? members : nil
    }

    private mutating func value(depth: Int) -> Value? {
        skipSpaces()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "\""): return text().map(Value.text)
        case UInt8(ascii: "{"): return depth == 0 ? object(depth: 1).map(Value.object) : nil
        case UInt8(ascii: "n"):
            guard bytes[position...].starts(with: "null".utf8) else { return nil }
            position += 4
            return .null
        default: return integer().map(Value.integer)
        }
    }

    private mutating func text() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let text = String(validating: bytes[start..<position], as: UTF8.self)
                position += 1
                return text
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
            position += 1
        }
        return nil
    }

    /// At most 18 digits, which always fit.
    private mutating func integer() -> Int64? {
        let isNegative = take(UInt8(ascii: "-"))
        let start = position
        var number: Int64 = 0
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            guard position - start < 18 else { return nil }
            number = number * 10 + Int64(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        guard position > start, position - start == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        return isNegative ? -number : number
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpaces()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    // MARK: The event

    private static func event(_ members: [(name: String, value: Value)]) -> VentaEvent? {
        guard text(members, "kind") == "venta", let boxID = text(members, "box_id"),
            let epoch = integer(members, "epoch"), let seq = integer(members, "seq"),
            let at = text(members, "at").flatMap(Timestamp.init(rfc3339:)),
            case .object(let parts) = members.first(where: { $0.name == "venta" })?.value,
            let venta = venta(parts)
        else { return nil }
        return VentaEvent(boxID: boxID, epoch: epoch, seq: seq, at: at, venta: venta)
    }

    private static func venta(_ members: [(name: String, value: Value)]) -> VentaEvent.Venta? {
        guard let id = text(members, "id"), let method = text(members, "method"),
            let outcome = text(members, "outcome").flatMap(VentaEvent.Outcome.init(rawValue:)),
            let routerID = text(members, "router_id"), let productID = integer(members, "product_id"),
            let productName = text(members, "product_name"),
            let durationSeconds = integer(members, "duration_seconds"),
            let amountCents = integer(members, "amount_cents"),
            let refundedCents = integer(members, "refunded_cents"), let currency = text(members, "currency"),
            let fichaCode = optionalText(members, "ficha_code"), let orderID = optionalText(members, "order_id"),
            let chargeID = optionalText(members, "charge_id"), let tillID = optionalText(members, "till_id"),
            let folio = optionalInteger(members, "folio"), let cashierID = optionalText(members, "cashier_id")
        else { return nil }
        return VentaEvent.Venta(
            id: id,
            method: method,
            outcome: outcome,
            routerID: routerID,
            productID: productID,
            productName: productName,
            durationSeconds: durationSeconds,
            fichaCode: fichaCode,
            amountCents: amountCents,
            refundedCents: refundedCents,
            currency: currency,
            orderID: orderID,
            chargeID: chargeID,
            tillID: tillID,
            folio: folio,
            cashierID: cashierID
        )
    }

    private static func text(_ members: [(name: String, value: Value)], _ name: String) -> String? {
        guard case .text(let text) = members.first(where: { $0.name == name })?.value else { return nil }
        return text
    }

    private static func integer(_ members: [(name: String, value: Value)], _ name: String) -> Int64? {
        guard case .integer(let integer) = members.first(where: { $0.name == name })?.value else { return nil }
        return integer
    }

    /// Nil when it is of another kind; nil in it when it is not there.
    private static func optionalText(_ members: [(name: String, value: Value)], _ name: String) -> String?? {
        switch members.first(where: { $0.name == name })?.value {
        case nil, .null: .some(nil)
        case .text(let text): .some(text)
        default: nil
        }
    }

    /// As ``optionalText(_:_:)``.
    private static func optionalInteger(_ members: [(name: String, value: Value)], _ name: String) -> Int64?? {
        switch members.first(where: { $0.name == name })?.value {
        case nil, .null: .some(nil)
        case .integer(let integer): .some(integer)
        default: nil
        }
    }
}
