/// What a reseller still has, and what they pay.
struct ResellerCountForm: CounterForm {
    /// The field of an account's line.
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static func inHand(_ place: Int) -> Key { Key("mano\(place)") }
    }

    /// More products, prices and rates than anybody has.
    private static let maximumLines = 200

    let formKey: String?
    let corteID: String?
    let currency: String?
    let number: Int64?
    let movements: Int64?
    /// For each line of the account, as it was typed.
    let inHand: [String]
    let abono: String?

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        formKey = try fields.decodeIfPresent(String.self, forKey: Key("llave"))
        corteID = try fields.decodeIfPresent(String.self, forKey: Key("corte"))
        currency = try fields.decodeIfPresent(String.self, forKey: Key("moneda"))
        number = try fields.decodeIfPresent(Int64.self, forKey: Key("numero"))
        movements = try fields.decodeIfPresent(Int64.self, forKey: Key("movimientos"))
        abono = try fields.decodeIfPresent(String.self, forKey: Key("abono"))
        var inHand: [String] = []
        while inHand.count < Self.maximumLines, fields.contains(.inHand(inHand.count)) {
            inHand.append(try fields.decodeIfPresent(String.self, forKey: .inHand(inHand.count)) ?? "")
        }
        self.inHand = inHand
    }

    /// What is in hand of each line of an account.
    ///
    /// - Throws: ``ResellerError``.
    func counts(of account: ResellerAccount) throws(ResellerError) -> [Int64] {
        guard number == account.corteNumber, movements == account.movements, inHand.count == account.lines.count else {
            throw .accountChanged
        }
        var counts: [Int64] = []
        for (line, typed) in zip(account.lines, inHand) {
            guard let count = TypedAmount.count(typed) else { throw .noCountInHand(account.name(of: line)) }
            counts.append(count)
        }
        return counts
    }

    /// - Throws: ``ResellerError/noAbono``.
    func abonoCents() throws(ResellerError) -> Int64 {
        guard let cents = TypedAmount.cents(abono) else { throw .noAbono }
        return cents
    }
}
