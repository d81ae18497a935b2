/// The name of one request in logs and answers. Made by us, taken from no client.
enum RequestID {
    static let metadataKey = "request_id"

    /// Crockford's alphabet: nothing in it is mistaken for something else when it is read aloud.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Twelve characters, 60 random bits.
    static func random() -> String {
        var bits = UInt64.random(in: .min ... .max)
        return String(unsafeUninitializedCapacity: 12) { buffer in
            for index in 0..<12 {
                buffer.initializeElement(at: index, to: alphabet[Int(bits & 31)])
                bits >>= 5
            }
            return 12
        }
    }
}
