/// Accepts any JSON: what tells text that is not JSON from JSON that does not fit a type.
struct AnyJSON: Decodable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() || (try? value.decode(Bool.self)) != nil || (try? value.decode(Double.self)) != nil
            || (try? value.decode(String.self)) != nil || (try? value.decode([AnyJSON].self)) != nil
        {
            return
        }
        _ = try value.decode([String: AnyJSON].self)
    }
}
