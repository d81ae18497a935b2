/// A metadata value as text: Conekta allows strings, numbers and booleans there.
struct WireScalar: Decodable {
    /// Nil for null and for what should not be there.
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let string = try? container.decode(String.self) {
            text = string
        } else if let flag = try? container.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else if let number = try? container.decode(Int64.self) {
            text = String(number)
        } else {
            text = (try? container.decode(Double.self)).map { String($0) }
        }
    }
}
