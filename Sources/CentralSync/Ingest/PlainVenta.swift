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
        case object
    }

    /// The places of what is read, those of the event and those of its venta.
    private enum Member: Int, CaseIterable {
        case kind, boxID, epoch, seq, at, venta
        case id, method, outcome, routerID, productID, productName, durationSeconds, fichaCode, amountCents
        case refundedCents, currency, orderID, chargeID, tillID, folio, cashierID, resellerID, entregaID
        case commissionCents
    }

    private static let ofEvent: [(name: StaticString, member: Member)] = [
        ("kind", .kind), ("box_id", .boxID), ("epoch", .epoch), ("seq", .seq), ("at", .at), ("venta", .venta),
    ]

    private static let ofVenta: [(name: StaticString, member: Member)] = [
        ("id", .id), ("method", .method), ("outcome", .outcome), ("router_id", .routerID), ("product_id", .productID),
        ("product_name", .productName), ("duration_seconds", .durationSeconds), ("ficha_code", .fichaCode),
        ("amount_cents", .amountCents), ("refunded_cents", .refundedCents), ("currency", .currency),
        ("order_id", .orderID), ("charge_id", .chargeID), ("till_id", .tillID), ("folio", .folio),
        ("cashier_id", .cashierID), ("reseller_id", .resellerID), ("entrega_id", .entregaID),
        ("commission_cents", .commissionCents),
    ]

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var values = [Value?](repeating: nil, count: Member.allCases.count)

    static func read(_ text: String) -> VentaEvent? {
        var text = text
        return text.withUTF8 { bytes in
            var reader = PlainVenta(bytes: bytes)
            guard reader.object(Self.ofEvent) else { return nil }
            reader.skipSpaces()
            return reader.position == bytes.count ? reader.event() : nil
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    // MARK: JSON

    /// Reads an object's members into their places.
    private mutating func object(_ names: [(name: StaticString, member: Member)]) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        repeat {
            guard let name = quoted(), take(UInt8(ascii: ":")) else { return false }
            // Another name may be there twice for all we know.
            guard let member = names.first(where: { Self.isSame($0.name, name) })?.member,
                values[member.rawValue] == nil, let value = member == .venta ? venta() : value()
            else { return false }
            values[member.rawValue] = value
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    private mutating func venta() -> Value? {
        object(Self.ofVenta) ? .object : nil
    }

    private mutating func value() -> Value? {
        skipSpaces()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        // Part of a text that is sound, so it is sound.
        case UInt8(ascii: "\""): return quoted().map { .text(String(decoding: $0, as: UTF8.self)) }
        case UInt8(ascii: "n"):
            guard bytes[position...].starts(with: "null".utf8) else { return nil }
            position += 4
            return .null
        default: return integer().map(Value.integer)
        }
    }

    /// What is between the next two quotes.
    private mutating func quoted() -> UnsafeBufferPointer<UInt8>? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return UnsafeBufferPointer(rebasing: bytes[start..<(position - 1)])
            }
            guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
            position += 1
        }
        return nil
    }

    private static func isSame(_ name: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard name.utf8CodeUnitCount == bytes.count else { return false }
        for place in bytes.indices where name.utf8Start[place] != bytes[place] { return false }
        return true
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

    private func event() -> VentaEvent? {
        guard text(.kind) == "venta", let boxID = text(.boxID), let epoch = integer(.epoch), let seq = integer(.seq),
            let at = text(.at).flatMap(Timestamp.init(rfc3339:)), let venta = soldVenta()
        else { return nil }
        return VentaEvent(boxID: boxID, epoch: epoch, seq: seq, at: at, venta: venta)
    }

    private func soldVenta() -> VentaEvent.Venta? {
        guard let id = text(.id), let method = text(.method),
            let outcome = text(.outcome).flatMap(VentaEvent.Outcome.init(rawValue:)), let routerID = text(.routerID),
            let productID = integer(.productID), let productName = text(.productName),
            let durationSeconds = integer(.durationSeconds), let amountCents = integer(.amountCents),
            let refundedCents = integer(.refundedCents), let currency = text(.currency),
            let fichaCode = optionalText(.fichaCode), let orderID = optionalText(.orderID),
            let chargeID = optionalText(.chargeID), let tillID = optionalText(.tillID),
            let folio = optionalInteger(.folio), let cashierID = optionalText(.cashierID),
            let resellerID = optionalText(.resellerID), let entregaID = optionalText(.entregaID),
            let commissionCents = optionalInteger(.commissionCents)
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
            cashierID: cashierID,
            resellerID: resellerID,
            entregaID: entregaID,
            commissionCents: commissionCents
        )
    }

    private func text(_ member: Member) -> String? {
        guard case .text(let text) = values[member.rawValue] else { return nil }
        return text
    }

    private func integer(_ member: Member) -> Int64? {
        guard case .integer(let integer) = values[member.rawValue] else { return nil }
        return integer
    }

    /// Nil when it is of another kind; nil in it when it is not there.
    private func optionalText(_ member: Member) -> String?? {
        switch values[member.rawValue] {
        case nil, .null: .some(nil)
        case .text(let text): .some(text)
        default: nil
        }
    }

    /// As ``optionalText(_:)``.
    private func optionalInteger(_ member: Member) -> Int64?? {
        switch values[member.rawValue] {
        case nil, .null: .some(nil)
        case .integer(let integer): .some(integer)
        default: nil
        }
    }
}
