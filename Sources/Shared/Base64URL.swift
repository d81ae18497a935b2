import FoundationEssentials

/// Base 64 for addresses and tokens, without padding (RFC 4648 §5).
public enum Base64URL {
    /// The text of some bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Nil unless the text is what ``encode(_:)`` makes: one value has one text.
    public static func decode(_ text: Substring) -> [UInt8]? {
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding), encode(data) == text else { return nil }
        return Array(data)
    }
}
